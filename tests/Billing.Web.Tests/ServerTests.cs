using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Billing.Web.Contracts;

namespace Billing.Web.Tests;

/// <summary>What only the server itself shows: bodies without an end, connections that stay open, an end that is asked for, a folder that was damaged.</summary>
public sealed class ServerTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("billing-server-").FullName;
    private Process _process = null!;
    private HttpClient _page = null!;

    public async ValueTask InitializeAsync() => (_process, _page) = await HostProcess.StartAsync(_folder);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        _page.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_body_that_is_too_large_and_does_not_say_so_before_is_refused_and_nothing_of_it_is_kept()
    {
        UploadReply upload = await WebHost.SendAsync<UploadReply>(_page, HttpMethod.Post, "/api/uploads", new UploadRequest { Name = "a.csv", Size = 50_000_000 }, 201);
        const string Part = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\n";
        Assert.Equal("413", await StatusAsync("POST /api/receipts", "Content-Type: multipart/form-data; boundary=b", Part, 21_000_000));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(_folder, "web", "receipts")));
        Assert.Equal("413", await StatusAsync($"PATCH /api/uploads/{upload.Id}", "Content-Type: application/octet-stream\r\nUpload-Offset: 0", "", 4_200_000));
        Assert.Equal(0, (await WebHost.GetAsync<UploadReply>(_page, $"/api/uploads/{upload.Id}")).Offset);
        Assert.Equal("413", await StatusAsync("POST /api/rules/try", "Content-Type: application/json", "{", 300_000));
    }

    [Fact]
    public async Task Asked_to_end_it_ends_although_pages_are_open_and_its_import_is_interrupted_and_not_left_running()
    {
        string upload = await WebHost.UploadAsync(_page, "large.csv", ImportTests.Large(110_000));
        using Stream open = await _page.GetStreamAsync("/api/events", WebHost.Cancellation);
        ImportReply begun = await WebHost.SendAsync<ImportReply>(_page, HttpMethod.Post, $"/api/uploads/{upload}/import", new ImportTerms(), 202);
        using Stream progress = await _page.GetStreamAsync($"/api/imports/{begun.Id}/events", WebHost.Cancellation);
        Stopwatch time = Stopwatch.StartNew();
        using (Process asked = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await _process.WaitForExitAsync(WebHost.Cancellation);
        }

        Assert.True(time.Elapsed < TimeSpan.FromSeconds(20), $"It took {time.Elapsed} to end.");
        Assert.Equal(0, _process.ExitCode);
        _process.Dispose();
        (_process, _page) = await HostProcess.StartAsync(_folder);
        Assert.Equal("interrupted", (await WebHost.GetAsync<ImportReply>(_page, $"/api/imports/{begun.Id}")).State);
        Assert.DoesNotContain((await WebHost.GetAsync<RunList>(_page, "/api/runs")).Items, run => run.Report.Status == RunStatus.Running);
        Assert.Equal("completed", (await WebHost.ImportAsync(_page, upload)).State);
        Assert.Equal(110_000, (await WebHost.GetAsync<RecordList>(_page, "/api/records?limit=1")).Billed.Rows);
    }

    [Fact]
    public async Task Damaged_notes_of_uploads_and_imports_keep_nobody_from_working()
    {
        string upload = await WebHost.UploadAsync(_page, "a.csv", "date,company,amount,currency\n2025-06-01,Acme,10.00,USD\n");
        string kept = (await WebHost.ImportAsync(_page, upload)).Id;
        string torn = (await WebHost.ImportAsync(_page, upload)).Id;
        _process.Kill();
        await _process.WaitForExitAsync(WebHost.Cancellation);
        await File.WriteAllTextAsync(Path.Combine(_folder, "web", "imports", $"{torn}.json"), "", WebHost.Cancellation);
        string folder = Path.Combine(_folder, "web", "uploads", upload);
        await File.WriteAllTextAsync(Path.Combine(folder, "upload.json"), "{", WebHost.Cancellation);
        Directory.SetLastWriteTimeUtc(folder, DateTime.UtcNow.AddDays(-30));

        _process.Dispose();
        (_process, _page) = await HostProcess.StartAsync(_folder);
        Assert.Equal(kept, Assert.Single((await WebHost.GetAsync<ImportList>(_page, "/api/imports")).Items).Id);
        await WebHost.SendAsync<ProblemReply>(_page, HttpMethod.Get, $"/api/uploads/{upload}", null, 404);
        await WebHost.UploadAsync(_page, "b.csv", "date,company,amount,currency\n2025-06-01,Acme,10.00,USD\n");
        Assert.False(Directory.Exists(folder));
    }

    // In chunks, and no more of them than the server takes before it answers.
    private async Task<string> StatusAsync(string what, string headers, string begin, int length)
    {
        using TcpClient client = new();
        await client.ConnectAsync(_page.BaseAddress!.Host, _page.BaseAddress.Port, WebHost.Cancellation);
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{what} HTTP/1.1\r\nHost: localhost\r\nX-Billing: 1\r\nTransfer-Encoding: chunked\r\n{headers}\r\n\r\n"), WebHost.Cancellation);
        foreach (string chunk in (string[])[begin, .. Enumerable.Repeat(new string(' ', 100_000), length / 100_000)])
        {
            if (chunk.Length > 0)
            {
                await stream.WriteAsync(Encoding.ASCII.GetBytes(FormattableString.Invariant($"{chunk.Length:x}\r\n{chunk}\r\n")), WebHost.Cancellation);
            }
        }

        using StreamReader answer = new(stream);
        return (await answer.ReadLineAsync(WebHost.Cancellation))!.Split(' ')[1];
    }
}
