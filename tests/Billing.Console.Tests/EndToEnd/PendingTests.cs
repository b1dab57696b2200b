namespace Billing.Console.Tests.EndToEnd;

/// <summary>Pending rows in the command: listed apart, replaced, asked about and answered.</summary>
public sealed class PendingTests : IDisposable
{
    private const string Header = "date,party,amount,currency,status\n";
    private const string Layout = """{ "columns": { "status": "status" }, "pending": { "values": ["PENDING"], "posted": ["POSTED"], "match": { "days": 5, "percent": 20 } } }""";

    private readonly Workplace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public async Task Pending_rows_are_listed_apart_replaced_asked_about_and_answered()
    {
        Run monday = await IngestAsync("monday.csv", "2025-06-02,Cafe,-10.00,USD,PENDING\n2025-06-02,Cafe,-10.50,USD,PENDING\n2025-06-02,Bar,-7.00,USD,PENDING\n2025-06-02,Shop,-3.00,USD,POSTED\n");
        Assert.Equal(0, monday.ExitCode);
        _work.Check("ingest-pending.txt", monday.Out);
        Run friday = await IngestAsync("friday.csv", "2025-06-05,Cafe,-11.00,USD,POSTED\n2025-06-04,Bar,-8.00,USD,POSTED\n");
        Assert.Equal(0, friday.ExitCode);
        Assert.Contains("Posted records replaced what was pending: 1 row, -7.00 USD.", friday.Out, StringComparison.Ordinal);
        Assert.Contains("2 pending rows could be several posted records", friday.Out.Replace('\n', ' '), StringComparison.Ordinal);
        Assert.Equal("-22", await SumAsync());

        Run list = await _work.BillingAsync(160, "pending", "--store", _work.Store);
        Assert.Equal(ExitCode.Differences, list.ExitCode);
        _work.Check("pending.txt", list.Out);
        Run document = await _work.BillingAsync("pending", "--store", _work.Store, "--json");
        _work.Check("pending.json", document.Out);
        Assert.Equal(1, document.Json.GetProperty("pending")[0].GetProperty("candidates").GetArrayLength());

        Run settled = await _work.BillingAsync("pending", "settle", "monday.csv:2", "friday.csv:2", "--store", _work.Store, "--json");
        Assert.Equal((0, "settled"), (settled.ExitCode, settled.Json.GetProperty("pending")[0].GetProperty("state").GetString()));
        Assert.Equal(0, (await _work.BillingAsync("pending", "--store", _work.Store)).ExitCode);
        Assert.Contains("no sum", (await _work.BillingAsync("explain", "monday.csv:2", "--store", _work.Store)).Out, StringComparison.Ordinal);
        Run explained = await _work.BillingAsync("explain", settled.Json.GetProperty("pending")[0].GetProperty("postedAs").GetString()!, "--store", _work.Store, "--json");
        Assert.Contains("It was pending before: monday.csv:2, -10.00 USD.", explained.Json.GetProperty("records")[0].GetProperty("explanation").GetString(), StringComparison.Ordinal);

        Run dismissed = await _work.BillingAsync("pending", "dismiss", "monday.csv:3", "--reason", "released", "--store", _work.Store);
        Assert.Equal((0, "pending no more; the row stays in quarantine, with the reason\n"), (dismissed.ExitCode, dismissed.Out));
        Assert.Equal("nothing is pending\n", (await _work.BillingAsync("pending", "list", "--store", _work.Store)).Out);
        Assert.Equal(2, (await _work.BillingAsync("pending", "--resolved", "--json", "--store", _work.Store)).Json.GetProperty("pending").GetArrayLength());
        Assert.Equal(0, (await _work.BillingAsync("pending", "reopen", "monday.csv:3", "--store", _work.Store)).ExitCode);
        Assert.Equal("waiting", Assert.Single((await _work.BillingAsync("pending", "--json", "--store", _work.Store)).Json.GetProperty("pending").EnumerateArray(), row => row.GetProperty("amount").GetString() == "-10.50").GetProperty("state").GetString()!.Replace("lapsed", "waiting", StringComparison.Ordinal));
        Assert.Equal("-22", await SumAsync());
    }

    [Fact]
    public async Task What_is_no_pending_row_is_refused()
    {
        await IngestAsync("monday.csv", "2025-06-02,Cafe,-10.00,USD,PENDING\n2025-06-02,Shop,-3.00,USD,POSTED\n");
        Run none = await _work.BillingAsync("pending", "dismiss", "monday.csv:3", "--reason", "released", "--store", _work.Store);
        Assert.Contains("has no pending row of line 3 of monday.csv. Nothing was changed.", none.Error, StringComparison.Ordinal);
        Run record = await _work.BillingAsync("pending", "settle", "monday.csv:2", "monday.csv:9", "--store", _work.Store);
        Assert.Contains("has no record of line 9 of monday.csv. Nothing was changed.", record.Error, StringComparison.Ordinal);
        Run blank = await _work.BillingAsync("pending", "dismiss", "monday.csv:2", "--reason", " ", "--store", _work.Store);
        Assert.Equal(ExitCode.Usage, blank.ExitCode);
        Assert.All([none, record, blank], run => Assert.NotEqual(0, run.ExitCode));
    }

    private async Task<string> SumAsync() =>
        (await _work.BillingAsync("summary", "--by", "month", "--json", "--store", _work.Store)).Json.GetProperty("groups")[0].GetProperty("reporting")[0].GetProperty("amount").GetString()!;

    private Task<Run> IngestAsync(string name, string rows) =>
        _work.BillingAsync(100, "ingest", _work.Write(name, Header + rows), "--layout", _work.Write("card.layout.json", Layout), "--store", _work.Store);
}
