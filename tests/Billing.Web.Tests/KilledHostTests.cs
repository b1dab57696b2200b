using System.Diagnostics;
using Billing.Web.Contracts;

namespace Billing.Web.Tests;

/// <summary>The host as a process, killed during an import: after it starts again the import is interrupted, and imported again nothing is lost or doubled.</summary>
public sealed class KilledHostTests
{
    private const int Rows = 60_000;

    [Fact]
    public async Task An_import_that_was_killed_is_shown_as_interrupted_and_goes_on()
    {
        string folder = Directory.CreateTempSubdirectory("billing-killed-").FullName;
        try
        {
            string upload;
            string import;
            (Process process, HttpClient page) = await HostProcess.StartAsync(folder);
            using (process)
            {
                upload = await WebHost.UploadAsync(page, "large.csv", ImportTests.Large(Rows));
                ImportReply begun = await WebHost.SendAsync<ImportReply>(page, HttpMethod.Post, $"/api/uploads/{upload}/import", new ImportTerms(), 202);
                import = begun.Id;

                // As soon as something is stored, and long before all is.
                await foreach (ImportReply now in ProgressAsync(page, import))
                {
                    if (now.Report?.Stored.Rows > 0)
                    {
                        break;
                    }
                }

                process.Kill();
                await process.WaitForExitAsync(WebHost.Cancellation);
            }

            (process, page) = await HostProcess.StartAsync(folder);
            using (process)
            {
                ImportReply interrupted = await WebHost.GetAsync<ImportReply>(page, $"/api/imports/{import}");
                Assert.Equal("interrupted", interrupted.State);
                RunItem run = Assert.Single((await WebHost.GetAsync<RunList>(page, "/api/runs")).Items);
                Assert.True(run.IsInterrupted);
                long stored = (await WebHost.GetAsync<RecordList>(page, "/api/records?limit=1")).Billed.Rows;
                Assert.InRange(stored, 1, Rows - 1);
                ImportReply whole = await WebHost.ImportAsync(page, upload);
                Assert.Equal(("completed", Rows), (whole.State, whole.Report!.Stored.Rows + whole.Report.Duplicate.Rows));
                Assert.True(whole.Report.Duplicate.Rows >= stored);
                RecordList all = await WebHost.GetAsync<RecordList>(page, "/api/records?limit=1");
                Assert.Equal((Rows, Enumerable.Range(0, Rows).Sum(i => (i % 900) + ((i % 100) / 100m))), (all.Billed.Rows, all.Billed["USD"].ToDecimal()));
                process.Kill();
                await process.WaitForExitAsync(WebHost.Cancellation);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async IAsyncEnumerable<ImportReply> ProgressAsync(HttpClient page, string import)
    {
        using Stream events = await page.GetStreamAsync($"/api/imports/{import}/events", WebHost.Cancellation);
        await foreach (System.Net.ServerSentEvents.SseItem<string> item in System.Net.ServerSentEvents.SseParser.Create(events).EnumerateAsync(WebHost.Cancellation))
        {
            if (item.EventType == Heartbeat.EventType)
            {
                continue;
            }

            Assert.Equal("progress", item.EventType);
            yield return System.Text.Json.JsonSerializer.Deserialize(item.Data, WebJsonContext.Default.ImportReply)!;
        }
    }
}
