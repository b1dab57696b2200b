using System.Diagnostics;

namespace Billing.Web.Browser.Tests;

/// <summary>The page as it is deployed: trimmed and packed. Published once for all tests.</summary>
public static class PublishedClient
{
    private static readonly Lazy<Task<string>> s_folder = new(() => PublishAsync("Billing.Web.Client"));

    /// <summary>The folder of its static files.</summary>
    public static Task<string> FolderAsync() => s_folder.Value;

    /// <summary>Publishes a sample, and returns the folder.</summary>
    public static async Task<string> PublishAsync(string sample)
    {
        string folder = Repository.PathTo("artifacts", "published", sample);
        ProcessStartInfo start = new("dotnet") { WorkingDirectory = Repository.Root, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in (string[])["publish", $"samples/{sample}", "-c", "Release", "-o", folder, "--nologo", "-v", "quiet"])
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? folder : throw new InvalidOperationException($"samples/{sample} could not be published:\n{await output}{errors}");
    }
}
