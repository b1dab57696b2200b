using System.Diagnostics;
using System.Text;

namespace Billing.Docs.Tests;

/// <summary>A sample that runs as a process in a folder of its own.</summary>
internal sealed class SampleProgram : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _said = new();

    public SampleProgram(string name, string folder, params string[] arguments)
    {
        _process = Process.Start(new ProcessStartInfo(Repository.PathTo("artifacts", "bin", name, "release", name), arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        _process.ErrorDataReceived += (_, line) => _said.AppendLine(line.Data);
        _process.BeginErrorReadLine();
    }

    /// <summary>Reads on until a line holds that text.</summary>
    /// <returns>The line.</returns>
    public async Task<string> SaysAsync(string text)
    {
        while (await _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            _said.AppendLine(line);
            if (line.Contains(text, StringComparison.Ordinal))
            {
                return line;
            }
        }

        throw new InvalidOperationException($"The program ended without '{text}':\n{_said}");
    }

    /// <summary>Runs a sample to its end.</summary>
    /// <returns>What it printed.</returns>
    public static async Task<string> RunAsync(string name, string folder, params string[] arguments)
    {
        await using SampleProgram program = new(name, folder, arguments);
        string printed = await program._process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await program._process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(program._process.ExitCode == 0, $"{printed}\n{program._said}");
        return printed;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
