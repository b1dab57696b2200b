using System.Diagnostics;
using System.Globalization;

namespace Billing.EndToEnd.Tests;

/// <summary>The command as its user runs it.</summary>
public sealed class LocalCommandTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_takes_a_file_shows_what_happens_and_leaves_no_process_behind_when_it_is_killed()
    {
        string data = Some.Folder();
        List<string> lines = [];
        using Process local = Start("local", "--no-database", "--data", data);
        Task reading = ReadAsync(local, lines);
        _ = await Eventually.BecomesAsync(() => Task.FromResult(Count(lines, "Ready.")), count => count == 1);
        int[] children = ChildrenOf(local.Id);
        Assert.True(children.Length >= 3, "It has too few children for emulators and functions.");

        string file = Path.Combine(data, "lunch.txt");
        await File.WriteAllTextAsync(file, "a receipt", Token);
        using Process put = Start("local", "put", file, "--data", data);
        Assert.Contains("s3://bille-receipts/lunch.txt", await put.StandardOutput.ReadToEndAsync(Token), StringComparison.Ordinal);
        await put.WaitForExitAsync(Token);
        Assert.Equal(0, put.ExitCode);
        _ = await Eventually.BecomesAsync(() => Task.FromResult(Count(lines, "1 message to receipts, 1 done")), count => count == 1);

        local.Kill();
        await local.WaitForExitAsync(Token);
        _ = await Eventually.BecomesAsync(() => Task.FromResult(children.Count(Runs)), count => count == 0);
        await reading;

        using Process status = Start("local", "status", "--data", data);
        string error = await status.StandardError.ReadToEndAsync(Token);
        await status.WaitForExitAsync(Token);
        Assert.Equal(1, status.ExitCode);
        Assert.Contains("billing local", error, StringComparison.Ordinal);
        Directory.Delete(data, recursive: true);
    }

    private static Process Start(params string[] arguments)
    {
        // The programs of this solution stand side by side.
        string here = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar);
        string program = Path.GetFullPath(Path.Combine(here, "..", "..", "Billing.Console", Path.GetFileName(here), "billing"));
        return Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
    }

    private static async Task ReadAsync(Process process, List<string> lines)
    {
        while (await process.StandardOutput.ReadLineAsync(Token) is { } line)
        {
            lock (lines)
            {
                lines.Add(line);
            }
        }
    }

    private static int Count(List<string> lines, string text)
    {
        lock (lines)
        {
            return lines.Count(line => line.Contains(text, StringComparison.Ordinal));
        }
    }

    private static int[] ChildrenOf(int parent) => [.. Directory.EnumerateDirectories("/proc")
        .Select(folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out int id) ? id : 0)
        .Where(id => id > 0 && Status(id, "PPid:") == parent.ToString(CultureInfo.InvariantCulture))];

    // One that has ended and that nobody has asked about stays in the list for a while.
    private static bool Runs(int id) => Status(id, "State:") is { } state && !state.StartsWith('Z') && !state.StartsWith('X');

    private static string? Status(int id, string name)
    {
        try
        {
            return File.ReadLines($"/proc/{id}/status").FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?[name.Length..].Trim();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It has ended.
            return null;
        }
    }
}
