using System.ComponentModel;
using System.Diagnostics;

namespace Billing.Core.Tests;

/// <summary>Runs scripts of this repository; skips the test where there is no Python.</summary>
internal static class PythonScript
{
    /// <summary>Runs a script to its end.</summary>
    /// <returns>Its exit code, and what it wrote; where it failed, its errors last. A shell around it may warn of locales that are not there.</returns>
    public static async Task<(int Code, string Output)> RunAsync(string script, params string[] arguments)
    {
        ProcessStartInfo start = new("python3", ["-B", script, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PYTHONIOENCODING"] = "utf-8";
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            Assert.Skip("left out: python3 is not on the PATH");
            throw;
        }

        using (process)
        {
            CancellationToken cancellationToken = TestContext.Current.CancellationToken;
            Task<string> errors = process.StandardError.ReadToEndAsync(cancellationToken);
            string output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            string told = await errors;
            await process.WaitForExitAsync(cancellationToken);
            return (process.ExitCode, process.ExitCode == 0 ? output : output + told);
        }
    }
}
