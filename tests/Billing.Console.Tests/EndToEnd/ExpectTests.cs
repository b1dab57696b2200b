using System.Text.Json;

namespace Billing.Console.Tests.EndToEnd;

/// <summary>What the sender states, on the command line and in files: it comes out, or nothing is stored.</summary>
public sealed class ExpectTests : IDisposable
{
    private const string June = "date,company,amount,currency\n2025-06-01,Acme,10.00,USD\n2025-06-02,Acme,-3.50,USD\n";

    private readonly Workplace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public async Task A_proved_file_says_so()
    {
        Run run = await IngestAsync(_work.Write("june.csv", June), "--expect", "rows=2,total:USD=6.50");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("\nproved: rows 2 (--expect), total USD 6.5 (--expect)\n", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_contradicted_file_names_the_difference_and_stores_nothing_and_the_run_is_listed()
    {
        Run run = await IngestAsync(_work.Write("june.csv", June), "--expect", "total=6.49,rows=2");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("billing: june.csv does not come to what is stated of it: total USD: stated 6.49, found 6.5, difference 0.01 (--expect). Nothing of it is stored.", run.Error, StringComparison.Ordinal);
        Assert.Contains("\ncontradicted: june.csv: nothing of it is stored\n", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("NOT BALANCED", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("not read to its end", run.Out, StringComparison.Ordinal);

        using JsonDocument records = JsonDocument.Parse((await _work.BillingAsync("records", "--store", _work.Store, "--json")).Out);
        Assert.Empty(records.RootElement.GetProperty("records").EnumerateArray());
        using JsonDocument runs = JsonDocument.Parse((await _work.BillingAsync("runs", "--store", _work.Store, "--json")).Out);
        JsonElement kept = Assert.Single(runs.RootElement.GetProperty("runs").EnumerateArray());
        Assert.Equal(("failed", "contradicted"), (kept.GetProperty("status").GetString(), kept.GetProperty("proof").GetProperty("outcome").GetString()));
        JsonElement figure = kept.GetProperty("proof").GetProperty("figures")[1];
        Assert.Equal(("total", "USD", "6.49"), (figure.GetProperty("kind").GetString(), figure.GetProperty("currency").GetString(), figure.GetProperty("stated").GetString()));
        Assert.Equal(("6.5", "0.01", "--expect"), (figure.GetProperty("found").GetString(), figure.GetProperty("difference").GetString(), figure.GetProperty("by").GetString()));
    }

    [Fact]
    public async Task One_contradicted_file_costs_only_itself()
    {
        _work.Write("1.csv", June);
        _work.Write("1.csv.expect.json", """{ "rows": 3 }""");
        _work.Write("2.csv", June.Replace("Acme", "Other", StringComparison.Ordinal));
        _work.Write("2.csv.expect.json", """{ "rows": 2, "total": { "usd": "6.50" }, "opening": -1, "closing": "5.5" }""");
        Run run = await IngestAsync(_work.PathTo("*.csv"), "--expect-beside");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("contradicted: 1.csv: nothing of it is stored", run.Out, StringComparison.Ordinal);
        Assert.Contains("2.csv: proved: rows 2 (2.csv.expect.json), total USD 6.5 (2.csv.expect.json)", run.Out, StringComparison.Ordinal);
        Assert.Contains("balanced: read 4 = stored 2 + duplicate 0 + conflict 0 + quarantined 0 + not stored 2", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Standard_input_is_proved_from_a_file()
    {
        string file = _work.Write("stated.json", """{ "rows": 2, "total": 6.5 }""");
        Run run = await _work.BillingWithAsync(null, June, null, "ingest", "-", "--to", _work.Store, "--expect-file", file);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("proved: rows 2 (stated.json), total USD 6.5 (stated.json)", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'rows' states neither", "--expect", "rows")]
    [InlineData("does not state a number of rows", "--expect", "rows=1.5")]
    [InlineData("does not state an amount", "--expect", "total:EUR=1e3")]
    [InlineData("states a figure for the second time", "--expect", "rows=1,rows=1")]
    [InlineData("names no currency after the colon", "--expect", "total:=1")]
    [InlineData("Totals are stated twice", "--expect", "rows=1", "--expect-beside")]
    [InlineData("there is no file", "--expect-beside")]
    [InlineData("there is no file 'none.json'", "--expect-file", "none.json")]
    public async Task Wrong_usage_is_told_and_nothing_is_read(string told, params string[] options)
    {
        Run run = await IngestAsync([_work.Write("june.csv", June), .. options]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(told, run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_work.PathTo("billing.db")));
    }

    [Theory]
    [InlineData("{\n\"sum\": 1 }", "stated.json(2): Stated totals have no 'sum'.")]
    [InlineData("{\n\"rows\": -1 }", "stated.json(2): 'rows' must be a number of rows")]
    [InlineData("{\n\"total\": { \"EUR\": \"1,5\" } }", "stated.json(2): 'EUR' must be an amount")]
    [InlineData("{ }", "Nothing is stated")]
    [InlineData("{\n\"total\": { \"EUR\": 1, \"eur\": 1 } }", "stated.json(2): 'total' states 'eur' twice")]
    public async Task A_wrong_file_is_told_by_its_line(string json, string told)
    {
        Run run = await IngestAsync(_work.Write("june.csv", June), "--expect-file", _work.Write("stated.json", json));
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(told, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_files_cannot_have_one_statement()
    {
        _work.Write("1.csv", June);
        _work.Write("2.csv", June);
        Run run = await IngestAsync(_work.PathTo("*.csv"), "--expect", "rows=2");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--expect states the totals of one file, and there are 2", run.Error, StringComparison.Ordinal);
    }

    private Task<Run> IngestAsync(params string[] args) => _work.BillingAsync(["ingest", .. args, "--to", _work.Store]);
}
