using System.Diagnostics;

namespace Billing.Web.Tests;

/// <summary>The host as a process of its own, with its server.</summary>
internal static class HostProcess
{
    public static async Task<(Process Process, HttpClient Page)> StartAsync(string folder)
    {
        ProcessStartInfo start = new("dotnet", [typeof(Billing.Web.Security.SignInSettings).Assembly.Location, "--urls", "http://127.0.0.1:0"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["Folder"] = Path.Combine(folder, "web");
        start.Environment["Store__ConnectionString"] = $"Data Source={Path.Combine(folder, "billing.db")}";
        start.Environment["Logging__LogLevel__Microsoft.Hosting.Lifetime"] = "Information";
        Process process = Process.Start(start)!;
        const string Said = "Now listening on: ";
        while (await process.StandardOutput.ReadLineAsync(WebHost.Cancellation) is { } line)
        {
            if (line.Contains(Said, StringComparison.Ordinal))
            {
                _ = process.StandardOutput.ReadToEndAsync(WebHost.Cancellation);
                _ = process.StandardError.ReadToEndAsync(WebHost.Cancellation);
                HttpClient page = new() { BaseAddress = new Uri(line[(line.IndexOf(Said, StringComparison.Ordinal) + Said.Length)..].Trim()) };
                page.DefaultRequestHeaders.Add("X-Billing", "1");
                return (process, page);
            }
        }

        throw new InvalidOperationException($"The host did not start: {await process.StandardError.ReadToEndAsync(WebHost.Cancellation)}");
    }
}
