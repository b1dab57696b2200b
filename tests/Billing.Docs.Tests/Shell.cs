using System.Diagnostics;

namespace Billing.Docs.Tests;

/// <summary>A folder of its own, and a shell in it in which <c>billing</c> is the command that was built.</summary>
internal sealed class Shell : IDisposable
{
    private readonly string _programs = Some.Folder();

    public Shell()
    {
        string billing = Path.Combine(_programs, "billing");
        File.CreateSymbolicLink(billing, Repository.PathTo("artifacts", "bin", "Billing.Console", "release", "billing"));
    }

    public string Folder { get; } = Some.Folder();

    public string PathTo(string name) => Path.Combine(Folder, name);

    public async Task<(int ExitCode, string Out, string Error)> RunAsync(string command)
    {
        ProcessStartInfo start = new("bash", ["-c", command]) { WorkingDirectory = Folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PATH"] = $"{_programs}:{Environment.GetEnvironmentVariable("PATH")}";
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output, await error);
    }

    public void Dispose()
    {
        Directory.Delete(_programs, recursive: true);
        Directory.Delete(Folder, recursive: true);
    }
}
