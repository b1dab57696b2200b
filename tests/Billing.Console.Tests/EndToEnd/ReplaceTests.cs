using System.Text.Json;

namespace Billing.Console.Tests.EndToEnd;

/// <summary>A file that is the whole of a period replaces what is stored of it.</summary>
public sealed class ReplaceTests : IDisposable
{
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task What_the_file_does_not_have_is_superseded_and_the_statement_says_so()
    {
        await DeliverAsync("v1.csv", "1,2025-06-02,Acme,10.00,EUR\n2,2025-06-05,Bakery,5.50,USD\n3,2025-06-09,Cafe,7.25,USD\n", "--replaces", "2025-06", "--version", "1");
        Run run = await DeliverAsync("v2.csv", "1,2025-06-02,Acme,10.00,EUR\n2,2025-06-05,Bakery,6.00,USD\n4,2025-06-30,Deli,1.00,USD\n", "--replaces", "2025-06", "--version", "2");
        Assert.Equal((0, ""), (run.ExitCode, ""));
        _place.Check("replace.txt", run.Out);
        Assert.Equal("Acme 10.00, Bakery 6.00, Deli 1.00", await PartiesAsync());
        Run runs = await _place.BillingAsync(100, "runs", "--store", _place.Store);
        _place.Check("replace-runs.txt", runs.Out);
        string id = (await _place.BillingAsync("runs", "--store", _place.Store, "--json")).Json.GetProperty("runs")[0].GetProperty("runId").GetString()!;
        _place.Check("replace-changes.txt", (await _place.BillingAsync(100, "entries", id, "--store", _place.Store)).Out);
        _place.Check("replace-explain.txt", (await _place.BillingAsync(100, "explain", "v1.csv:4", "--store", _place.Store)).Out);

        // Another record has its key now; and without the identity of the run the key of the line is another.
        Assert.Equal(("stored", 1), await ExplainAsync("v1.csv:3"));
        Assert.Equal(("stored", 1), await ExplainAsync(_place.PathTo("v1.csv:3")));
        Assert.Equal(("taken_out", 1), await ExplainAsync(_place.PathTo("v1.csv:4")));

        Run back = await _place.BillingAsync(100, "revert", id, "--store", _place.Store);
        _place.Check("replace-revert.txt", back.Out);
        Assert.Equal("Acme 10.00, Bakery 5.50, Cafe 7.25", await PartiesAsync());
    }

    [Fact]
    public async Task The_document_has_the_delivery_and_what_it_superseded()
    {
        await DeliverAsync("v1.csv", "1,2025-06-02,Acme,10.00,EUR\n", "--replaces", "2025-06-01..2025-06-30");
        Run run = await DeliverAsync("v2.csv", "2,2025-06-05,Bakery,6.00,USD\n", "--replaces", "2025", "--json");
        Assert.Equal(
            """{"scope":"DE12","from":"2025-01-01","to":"2025-12-31","version":null,"superseded":{"rows":1,"money":[{"currency":"EUR","amount":"10"}]}}""",
            JsonSerializer.Serialize(run.Json.GetProperty("sources")[0].GetProperty("delivery")));
    }

    [Theory]
    [InlineData("2025-06", "2025-06-01", "2025-06-30")]
    [InlineData("2024-02", "2024-02-01", "2024-02-29")]
    [InlineData("2025", "2025-01-01", "2025-12-31")]
    [InlineData("2025-06-17", "2025-06-17", "2025-06-17")]
    [InlineData("2025-06-17..2025-07-16", "2025-06-17", "2025-07-16")]
    [InlineData("9999", "9999-01-01", "9999-12-31")]
    [InlineData("9999-12", "9999-12-01", "9999-12-31")]
    public async Task A_period_is_a_year_a_month_a_day_or_two_dates(string period, string from, string to)
    {
        Run run = await DeliverAsync("a.csv", $"1,{from},Acme,10.00,EUR\n2,{to},Acme,10.00,EUR\n", "--replaces", period, "--json");
        Assert.Equal(0, run.ExitCode);
        JsonElement delivery = run.Json.GetProperty("sources")[0].GetProperty("delivery");
        Assert.Equal((from, to), (delivery.GetProperty("from").GetString(), delivery.GetProperty("to").GetString()));
    }

    [Fact]
    public async Task What_would_lose_records_is_refused()
    {
        await DeliverAsync("v2.csv", "1,2025-06-02,Acme,10.00,EUR\n", "--replaces", "2025-06", "--version", "2");
        foreach ((string rows, string version, string why) in ((string, string, string)[])
        [
            ("1,2025-06-02,Acme,11.00,EUR\n", "1", "v.csv (DE12, 2025-06-01 to 2025-06-30, version 1) is older than run "),
            ("1,2025-06-02,Acme,11.00,EUR\n", "2", "but other content. Nothing of it is stored. Ask the sender which one holds."),
            ("1,2025-07-02,Acme,11.00,EUR\n", "3", "v.csv cannot replace what is stored, because 1 of its 1 rows cannot be stored, and would be missing. Line 2: "),
            ("1,2025-06-02,Acme,many,EUR\n", "3", "Line 2: bad_amount: "),
        ])
        {
            Run run = await DeliverAsync("v.csv", rows, "--replaces", "2025-06", "--version", version, "--json");
            Assert.Equal(ExitCode.Failed, run.ExitCode);
            Assert.Contains(why, run.Json.GetProperty("errors")[0].GetString(), StringComparison.Ordinal);
            Assert.Equal("Acme 10.00", await PartiesAsync());
        }
    }

    [Fact]
    public async Task Several_files_are_wrong_usage_because_the_last_would_replace_the_others()
    {
        string one = _place.Write("one.csv", "id,date,company,amount,currency\n");
        string two = _place.Write("two.csv", "id,date,company,amount,currency\n");
        Run run = await _place.BillingAsync("ingest", one, two, "--replaces", "2025-06", "--scope", "DE12", "--store", _place.Store);
        Assert.Equal((ExitCode.Usage, ""), (run.ExitCode, run.Out));
        Assert.StartsWith("billing: --replaces: each file would be the whole of 2025-06, and there are 2: the last one would replace the others.", run.Error, StringComparison.Ordinal);
    }

    private async Task<(string? Outcome, int Changes)> ExplainAsync(string record)
    {
        Run run = await _place.BillingAsync("explain", record, "--rates", "EUR=1.10", "--store", _place.Store, "--json");
        JsonElement explanation = Assert.Single(run.Json.GetProperty("records").EnumerateArray());
        return (explanation.GetProperty("outcome").GetString(), explanation.GetProperty("changes").GetArrayLength());
    }

    private async Task<string> PartiesAsync() => string.Join(
        ", ", (await _place.BillingAsync("records", "--store", _place.Store, "--json")).Json.GetProperty("records").EnumerateArray().Select(record => $"{record.GetProperty("party").GetString()} {record.GetProperty("amount").GetProperty("amount").GetString()}"));

    private Task<Run> DeliverAsync(string name, string rows, params string[] more) => _place.BillingAsync(
        100, ["ingest", _place.Write(name, "id,date,company,amount,currency\n" + rows), "--identity", "columns:id", "--rates", "EUR=1.10", "--scope", "DE12", "--store", _place.Store, .. more]);
}
