using Billing.Web.Contracts;

namespace Billing.Web.Tests;

/// <summary>What a store says when it fails stays in the log of the host.</summary>
public sealed class BrokenStoreTests
{
    [Fact]
    public async Task A_failure_has_an_id_that_the_log_has_and_nothing_of_the_store()
    {
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, new string('x', 10_000), WebHost.Cancellation);
            await using WebHost host = new(("Store:ConnectionString", $"Data Source={file}"));
            HttpClient page = host.Page();
            foreach (string path in (string[])["/api/records", "/api/runs", "/api/quarantine", "/api/receipts", "/api/overview?month=2025-06", "/expenses"])
            {
                ProblemReply problem = await WebHost.SendAsync<ProblemReply>(page, HttpMethod.Get, path, null, 500);
                Assert.Contains(problem.Id!, host.Lines.Text, StringComparison.Ordinal);
                Assert.DoesNotContain("SQLite", problem.Detail, StringComparison.OrdinalIgnoreCase);
                Assert.DoesNotContain(file, problem.Detail, StringComparison.OrdinalIgnoreCase);
            }

            await WebHost.SendAsync<ProblemReply>(page, HttpMethod.Post, "/api/expenses", WebHost.Lunch with { Description = "zq7secret" }, 500, ("Idempotency-Key", "1"));
            Assert.DoesNotContain("zq7secret", host.Lines.Text, StringComparison.Ordinal);
            ImportReply import = await WebHost.ImportAsync(page, await WebHost.UploadAsync(page, "june.csv", "date,amount,currency\n2025-06-01,10.00,USD\n"));
            Assert.Equal("failed", import.State);
            Assert.DoesNotContain(file, import.Error, StringComparison.OrdinalIgnoreCase);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
