using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Billing.Lambda.Tests;

/// <summary>The executable as Lambda runs it: a process of its own, with the Runtime API beside it.</summary>
public sealed class RunningFunction : IAsyncDisposable
{
    private static readonly TimeSpan s_startWithin = TimeSpan.FromSeconds(120);

    private readonly RuntimeApi _api;
    private readonly string _handler;
    private readonly IReadOnlyDictionary<string, string?> _variables;
    private Process _process;

    private RunningFunction(RuntimeApi api, string handler, IReadOnlyDictionary<string, string?> variables)
    {
        _api = api;
        _handler = handler;
        _variables = variables;
        _process = Run();
    }

    /// <summary>What it wrote.</summary>
    public ConcurrentQueue<string> Output { get; } = new();

    public int ProcessId => _process.Id;

    /// <summary>Starts it, and waits until it asks for an event.</summary>
    public static async Task<RunningFunction> StartAsync(string handler, IReadOnlyDictionary<string, string?> variables)
    {
        RunningFunction function = await BeginAsync(handler, variables);
        try
        {
            await function._api.Ready.WaitAsync(s_startWithin, TestContext.Current.CancellationToken);
            return function;
        }
        catch
        {
            await function.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts one that cannot start.</summary>
    /// <returns>What it reported, and its exit code.</returns>
    public static async Task<(FunctionInitException Error, int ExitCode, string Output)> FailToStartAsync(string handler, IReadOnlyDictionary<string, string?> variables)
    {
        await using RunningFunction function = await BeginAsync(handler, variables);
        FunctionInitException error = await Assert.ThrowsAsync<FunctionInitException>(() => function._api.Ready.WaitAsync(s_startWithin, TestContext.Current.CancellationToken));
        return (error, await function.ExitCodeAsync(), string.Join('\n', function.Output));
    }

    /// <summary>Gives it an event.</summary>
    public async Task<InvocationResult> InvokeAsync(string json, string? requestId = null, TimeSpan? timeout = null)
    {
        Task<InvocationResult> invocation = _api.InvokeAsync(Encoding.UTF8.GetBytes(json), requestId, timeout ?? TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Process process = _process;
        if (await Task.WhenAny(invocation, process.WaitForExitAsync(TestContext.Current.CancellationToken)) != invocation)
        {
            _ = _api.ProcessEnded($"exit status {process.ExitCode}");
        }

        return await invocation;
    }

    /// <summary>Gives it an event that it must answer.</summary>
    public async Task<InvocationResult> SucceedAsync(string json, string? requestId = null)
    {
        InvocationResult result = await InvokeAsync(json, requestId);
        Assert.True(result.Succeeded, $"{result}\n{string.Join('\n', Output)}");
        return result;
    }

    /// <summary>Kills the process with SIGKILL.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
        _api.ProcessEnded("killed");
    }

    /// <summary>Starts it again, as Lambda does.</summary>
    public async Task RestartAsync()
    {
        _process.Dispose();
        _process = Run();
        await _api.Ready.WaitAsync(s_startWithin, TestContext.Current.CancellationToken);
    }

    /// <summary>Asks the process to end.</summary>
    public async Task<int> TerminateAsync()
    {
        using Process kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        return await ExitCodeAsync();
    }

    public async Task<int> ExitCodeAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        await _api.DisposeAsync();
        _process.Dispose();
    }

    private static async Task<RunningFunction> BeginAsync(string handler, IReadOnlyDictionary<string, string?> variables) =>
        new(await RuntimeApi.StartAsync(new RuntimeApiOptions { FunctionName = handler }, null, TestContext.Current.CancellationToken), handler, variables);

    private Process Run() => Launch(_handler, _api.Address, _variables, Output);

    /// <summary>Starts the executable that is deployed.</summary>
    internal static Process Launch(string handler, string runtime, IReadOnlyDictionary<string, string?> variables, ConcurrentQueue<string> output)
    {
        ProcessStartInfo start = new(NativeFunctions.Program) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("AWS_", StringComparison.Ordinal)).ToArray())
        {
            start.Environment.Remove(name);
        }

        foreach ((string name, string? value) in variables)
        {
            start.Environment[name] = value;
        }

        start.Environment["AWS_LAMBDA_RUNTIME_API"] = runtime;
        start.Environment["_HANDLER"] = handler;
        Process process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Keep(output, line.Data);
        process.ErrorDataReceived += (_, line) => Keep(output, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static void Keep(ConcurrentQueue<string> output, string? line)
    {
        if (line is not null)
        {
            output.Enqueue(line);
        }
    }
}
