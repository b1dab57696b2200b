using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Billing.Local.Http;

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

        // Somebody may have published the page beside the built command; then it is served, as docs/local.md says.
        bool isBeside = PageFolder.Find(null, Path.GetDirectoryName(Program)!) is not null;
        Assert.Equal(1, Count(lines, isBeside ? "Page              http://" : "Page              not served. Make it with dotnet publish samples/Billing.Web.Client"));
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

    [Fact]
    public async Task It_takes_a_transaction_says_what_is_there_and_leaves_nothing_in_the_temporary_folder_when_it_ends()
    {
        string data = Some.Folder();
        string temporary = Directory.CreateDirectory(Path.Combine(data, "tmp")).FullName;
        string site = Path.Combine(data, "site", "wwwroot");
        Directory.CreateDirectory(Path.Combine(site, "_framework"));
        await File.WriteAllTextAsync(Path.Combine(site, "index.html"), "<title>Billing</title>", Token);
        List<string> lines = [];
        using Process local = StartIn(temporary, "local", "--no-database", "--data", Path.Combine(data, "kept"), "--page", Path.Combine(data, "site"));
        Task reading = ReadAsync(local, lines);
        _ = await Eventually.BecomesAsync(() => Task.FromResult(Count(lines, "Ready.")), count => count == 1);

        using JsonDocument status = JsonDocument.Parse(await OutputOfAsync(temporary, "local", "status", "--json", "--data", Path.Combine(data, "kept")));
        Assert.Equal(local.Id, status.RootElement.GetProperty("processId").GetInt32());
        Assert.Contains("FinancialTransactionQueue", status.RootElement.GetProperty("queues").EnumerateArray().Select(queue => queue.GetProperty("queue").GetString()));
        Assert.Equal(11, status.RootElement.GetProperty("functions").GetArrayLength());

        Assert.Contains("Sent to FinancialTransactionQueue", await OutputOfAsync(temporary, "local", "send", """{"transaction_id":"by-hand","user_id":"u","amount":10,"currency":"USD","timestamp":"2025-06-30T10:00:00Z","merchant":"M"}""", "--data", Path.Combine(data, "kept")), StringComparison.Ordinal);
        Assert.Contains("transaction_id", await OutputOfAsync(temporary, "local", "send", "--data", Path.Combine(data, "kept")), StringComparison.Ordinal);
        using HttpClient http = new();
        Uri api = new(status.RootElement.GetProperty("transactionsApi").GetString()!);
        _ = await Eventually.BecomesAsync(() => http.GetStringAsync(new Uri(api, "/totals"), Token), totals => totals.Contains("\"count\":2", StringComparison.Ordinal));
        string address = status.RootElement.GetProperty("page").GetString()!;
        Assert.Equal(1, Count(lines, $"Page              {address}"));
        using HttpResponseMessage start = await http.GetAsync(new Uri(address), Token);
        Assert.Equal("<title>Billing</title>", await start.Content.ReadAsStringAsync(Token));
        string policy = Assert.Single(start.Headers.GetValues("Content-Security-Policy"));
        foreach ((string name, string route) in ((string, string)[])[("transactionsApi", "/transactions"), ("receiptsApi", "/expenses"), ("expensesApi", "/totals")])
        {
            string page = await http.GetStringAsync(new Uri(status.RootElement.GetProperty(name).GetString()!), Token);
            Assert.Contains($"<a href=\"{route}\">GET {route}</a>", page, StringComparison.Ordinal);
            Assert.Contains($"<a href=\"{address}\">", page, StringComparison.Ordinal);
            Assert.Contains(status.RootElement.GetProperty(name).GetString()!.TrimEnd('/'), policy, StringComparison.Ordinal);
        }

        using Process interrupt = Process.Start("kill", ["-INT", local.Id.ToString(CultureInfo.InvariantCulture)]);
        await local.WaitForExitAsync(Token);
        await reading;
        Assert.Equal(0, local.ExitCode);
        Assert.Empty(Directory.EnumerateFileSystemEntries(temporary));
        Directory.Delete(data, recursive: true);
    }

    [Fact]
    public async Task A_port_that_is_taken_or_stated_twice_is_told_before_anything_starts()
    {
        using TcpListener other = new(IPAddress.Loopback, 0);
        other.Start();
        int taken = ((IPEndPoint)other.LocalEndpoint).Port;
        LocalException error = await Assert.ThrowsAsync<LocalException>(() => LocalEnvironment.StartAsync(new LocalOptions { StoragePort = taken }, Token));
        Assert.StartsWith($"Port {taken}, stated for S3, SQS and SNS, is in use by another program.", error.Message, StringComparison.Ordinal);
        error = await Assert.ThrowsAsync<LocalException>(() => LocalEnvironment.StartAsync(new LocalOptions { ReceiptsPort = 18_080, ExpensesPort = 18_080 }, Token));
        Assert.Equal("Port 18080 is stated for the receipts API and for the expenses API. Use a different port for each.", error.Message);
    }

    [Theory]
    [InlineData("--page-client needs --token-issuer: without it the APIs answer everybody", "--page-client", "page")]
    [InlineData("--token-issuer needs --token-audience", "--token-issuer", "https://login.example.com", "--token-scopes", "billing")]
    [InlineData("cannot be used", "--token-issuer", "http://127.0.0.1:9", "--token-audience", "page")]
    public async Task A_sign_in_that_would_protect_nothing_or_not_work_ends_the_command_with_why(string message, params string[] options)
    {
        using Process local = Start(["local", "--no-database", .. options]);
        Task<string> output = local.StandardOutput.ReadToEndAsync(Token);
        string error = await local.StandardError.ReadToEndAsync(Token);
        await local.WaitForExitAsync(Token);
        Assert.Equal(1, local.ExitCode);
        Assert.Contains(message, string.Join(' ', error.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.DoesNotContain("Ready.", await output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_missing_is_installed_by_the_command_that_the_tests_use() =>
        Assert.Contains($"fauxqs@{Billing.Emulators.FauxqsServer.Version})", File.ReadAllText(Repository.PathTo("test.sh")), StringComparison.Ordinal);

    private static async Task<string> OutputOfAsync(string temporary, params string[] arguments)
    {
        using Process process = StartIn(temporary, arguments);
        string output = await process.StandardOutput.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);
        Assert.Equal(0, process.ExitCode);
        return output;
    }

    private static Process Start(params string[] arguments) => StartIn(Path.GetTempPath(), arguments);

    // The programs of this solution stand side by side.
    private static string Program => Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "Billing.Console", Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)), "billing"));

    private static Process StartIn(string temporary, params string[] arguments) =>
        Process.Start(new ProcessStartInfo(Program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, Environment = { ["TMPDIR"] = temporary } })!;

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
