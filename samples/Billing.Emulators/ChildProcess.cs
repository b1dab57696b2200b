using System.Collections.Concurrent;
using System.Diagnostics;

namespace Billing.Emulators;

/// <summary>
/// A process that ends with this one: even if this one is killed, if Linux's <c>setpriv</c> is available (the kernel then signals it); otherwise when this one exits.
/// </summary>
public sealed class ChildProcess : IDisposable
{
    private const int KeptLines = 20;
    private static readonly ConcurrentDictionary<int, ChildProcess> s_running = new();
    private static readonly BlockingCollection<Action> s_starts = [];
    private static readonly Lazy<string?> s_setPriv = new(() => OperatingSystem.IsLinux() ? Programs.Find("setpriv") : null);

    private readonly Process _process;
    private readonly Queue<string> _lines = new();
    private readonly Action<string>? _line;

    static ChildProcess()
    {
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            foreach (ChildProcess child in s_running.Values)
            {
                child.Kill();
            }
        };

        // The kernel binds its promise to the thread that starts the child, so that thread must live as long as the process.
        new Thread(() =>
        {
            foreach (Action start in s_starts.GetConsumingEnumerable())
            {
                start();
            }
        })
        { IsBackground = true, Name = "Starts child processes" }.Start();
    }

    private ChildProcess(Process process, Action<string>? line)
    {
        _process = process;
        _line = line;
        Id = process.Id;
        Exited = ExitAsync();
        if (process.StartInfo.RedirectStandardOutput)
        {
            process.OutputDataReceived += (_, data) => Keep(data.Data);
            process.BeginOutputReadLine();
        }

        if (process.StartInfo.RedirectStandardError)
        {
            process.ErrorDataReceived += (_, data) => Keep(data.Data);
            process.BeginErrorReadLine();
        }

        s_running[Id] = this;
    }

    /// <summary>The id of the process.</summary>
    public int Id { get; }

    /// <summary>Whether the process has ended.</summary>
    public bool HasExited => Exited.IsCompleted;

    /// <summary>Completes when the process ends, with its exit code.</summary>
    public Task<int> Exited { get; }

    /// <summary>The last lines of its output.</summary>
    public string LastOutput
    {
        get
        {
            lock (_lines)
            {
                return string.Join('\n', _lines);
            }
        }
    }

    /// <summary>Starts a process, and captures its output.</summary>
    /// <param name="start">Program, arguments, environment, folder.</param>
    /// <param name="line">Receives every line of output; null to keep only the last ones.</param>
    /// <exception cref="EmulatorException">The process does not start.</exception>
    public static ChildProcess Start(ProcessStartInfo start, Action<string>? line = null)
    {
        ArgumentNullException.ThrowIfNull(start);
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        if (s_setPriv.Value is { } setPriv)
        {
            string program = start.FileName;
            start.FileName = setPriv;
            foreach ((int place, string argument) in ((string[])["--pdeathsig", "KILL", "--", program]).Index())
            {
                start.ArgumentList.Insert(place, argument);
            }
        }

        TaskCompletionSource<Process> started = new(TaskCreationOptions.RunContinuationsAsynchronously);
        s_starts.Add(() =>
        {
            try
            {
                started.SetResult(Process.Start(start) ?? throw new EmulatorException($"{start.FileName} did not start."));
            }
            catch (Exception exception) when (exception is System.ComponentModel.Win32Exception or IOException or EmulatorException)
            {
                started.SetException(new EmulatorException($"{start.FileName} did not start: {exception.Message}", exception));
            }
        });
        return new ChildProcess(started.Task.GetAwaiter().GetResult(), line);
    }

    /// <summary>Kills the process, as a crash would, and waits until it has ended.</summary>
    public void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit(TimeSpan.FromSeconds(10));
        }
        catch (InvalidOperationException)
        {
            // The process has ended, or was disposed.
            return;
        }
    }

    /// <summary>Ends it.</summary>
    public void Dispose()
    {
        Kill();
        _ = s_running.TryRemove(Id, out _);
        _process.Dispose();
    }

    private async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync().ConfigureAwait(false);
        _ = s_running.TryRemove(Id, out _);
        return _process.ExitCode;
    }

    private void Keep(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_lines)
        {
            _lines.Enqueue(line);
            if (_lines.Count > KeptLines)
            {
                _ = _lines.Dequeue();
            }
        }

        _line?.Invoke(line);
    }
}
