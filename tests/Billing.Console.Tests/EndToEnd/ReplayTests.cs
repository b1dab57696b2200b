using System.Text.Json;

namespace Billing.Console.Tests.EndToEnd;

public sealed class ReplayTests : IDisposable
{
    private readonly Workplace _place = new();

    private static string[] Mended => ["--layout", Workplace.Sample("layout.invoices.mended.json"), .. Workplace.InvoiceOptions[2..]];

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task After_a_layout_is_mended_the_row_gets_the_key_that_it_would_have_had()
    {
        await _place.IngestInvoicesAsync();
        Run replay = await _place.BillingAsync(["quarantine", "replay", .. Mended, "--store", _place.Store]);
        Assert.Equal(ExitCode.Quarantined, replay.ExitCode);
        _place.Check("replay.txt", replay.Out);

        using Workplace fresh = new();
        await fresh.BillingAsync(["ingest", Workplace.Invoices, .. Mended, "--to", fresh.Store]);
        Assert.Equal(await KeysAsync(fresh), await KeysAsync(_place));
        Run open = await _place.BillingAsync("quarantine", "--store", _place.Store, "--json");
        Assert.Equal(3, open.Json.GetProperty("quarantine").GetArrayLength());
        Run resolved = await _place.BillingAsync("quarantine", "list", "--resolved", "--reason", "bad_date", "--store", _place.Store, "--json");
        Assert.NotNull(Assert.Single(resolved.Json.GetProperty("quarantine").EnumerateArray()).GetProperty("resolvedByRunId").GetString());
    }

    [Fact]
    public async Task Without_rules_and_rates_those_of_the_run_hold()
    {
        // The commands of the README: the row of -640.00 that "not negative" refused is not stored on the way.
        await _place.IngestInvoicesAsync();
        Run replay = await _place.BillingAsync("quarantine", "replay", "--layout", Workplace.Sample("layout.invoices.mended.json"), "--store", _place.Store, "--json");
        JsonElement total = replay.Json.GetProperty("total");
        Assert.Equal("""{"read":4,"stored":1,"duplicate":0,"conflict":0,"quarantined":3}""", JsonSerializer.Serialize(total.GetProperty("rows")));
        Assert.Equal("""{"rule_failed":2,"unknown_currency":1}""", JsonSerializer.Serialize(total.GetProperty("reasons")));
        Assert.Contains("rates, rules: as in run ", total.GetProperty("warnings").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_a_rules_file_without_rules_every_row_that_can_be_read_is_stored()
    {
        await _place.IngestInvoicesAsync();
        Run replay = await _place.BillingAsync(["quarantine", "replay", .. Mended[..^1], _place.Write("none.json", "{ \"rules\": [] }"), "--store", _place.Store, "--json"]);
        Assert.Equal(3, replay.Json.GetProperty("total").GetProperty("rows").GetProperty("stored").GetInt64());
        Assert.Equal("""{"unknown_currency":1}""", JsonSerializer.Serialize(replay.Json.GetProperty("total").GetProperty("reasons")));
    }

    [Fact]
    public async Task Only_what_is_asked_for_is_tried()
    {
        await _place.IngestInvoicesAsync();
        Run replay = await _place.BillingAsync(["quarantine", "replay", .. Mended, "--reason", "bad_date", "--store", _place.Store, "--json"]);
        Assert.Equal(ExitCode.Success, replay.ExitCode);
        Assert.Equal("""{"read":1,"stored":1,"duplicate":0,"conflict":0,"quarantined":0}""", JsonSerializer.Serialize(replay.Json.GetProperty("total").GetProperty("rows")));
    }

    [Fact]
    public async Task A_second_reporting_currency_is_refused_with_the_remedy()
    {
        await _place.IngestInvoicesAsync();
        Run second = await _place.BillingAsync("ingest", Workplace.Invoices, "--layout", Workplace.Sample("layout.invoices.json"), "--currency", "EUR", "--store", _place.Store);
        Assert.Equal(ExitCode.Usage, second.ExitCode);
        Assert.Contains("states its amounts in USD", second.Error, StringComparison.Ordinal);
        Assert.Contains("--currency USD", second.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_nothing_in_quarantine_there_is_nothing_to_do()
    {
        string file = _place.Write("clean.csv", "date,amount,currency\n2025-06-30,1.00,USD\n");
        await _place.BillingAsync("ingest", file, "--to", _place.Store);
        Assert.Equal(new Run(0, "No open row in quarantine to replay.\n", ""), await _place.BillingAsync("quarantine", "replay", "--store", _place.Store));
    }

    private static async Task<string[]> KeysAsync(Workplace place)
    {
        Run run = await place.BillingAsync("records", "--all", "--store", place.Store, "--json");
        return [.. run.Json.GetProperty("records").EnumerateArray().Select(record => record.GetProperty("key").GetString()!)];
    }
}
