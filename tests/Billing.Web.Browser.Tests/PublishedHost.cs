using System.Diagnostics;

namespace Billing.Web.Browser.Tests;

/// <summary>samples/Billing.Web with its page, as it is deployed: trimmed and packed. Published once for all tests; where it is up to date, that takes seconds.</summary>
public static class PublishedHost
{
    private static readonly Lazy<Task<string>> s_folder = new(PublishAsync);

    /// <summary>The folder of the program; the files of the page are in its wwwroot.</summary>
    public static Task<string> FolderAsync() => s_folder.Value;

    private static async Task<string> PublishAsync()
    {
        string folder = Repository.PathTo("artifacts", "published", "Billing.Web");
        ProcessStartInfo start = new("dotnet") { WorkingDirectory = Repository.Root, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in (string[])["publish", "samples/Billing.Web", "-c", "Release", "-o", folder, "--nologo", "-v", "quiet"])
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? folder : throw new InvalidOperationException($"samples/Billing.Web could not be published:\n{await output}{errors}");
    }
}
