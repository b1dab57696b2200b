using System.Text.Json;

namespace Billing.Console.Tests.EndToEnd;

/// <summary>Rows of the quarantine are named, replayed one by one, dismissed, and closed when they come again corrected.</summary>
public sealed class QuarantineTests : IDisposable
{
    private const string Csv = "date,party,amount,currency\n2025-06-01,A,1.00,EUR\n2025-06-31,B,2.00,EUR\n2025-06-02,C,3.00,CAD\n2025-06-03,D,4.00,CAD\n";

    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task A_row_that_is_corrected_and_ingested_again_is_closed()
    {
        await IngestAsync(Csv);
        await IngestAsync(Csv.Replace("06-31", "06-30", StringComparison.Ordinal));
        Assert.Equal(["no_rate", "no_rate"], (await OpenAsync()).Select(row => row.GetProperty("reason").GetString()));
        JsonElement explanation = Assert.Single((await _place.BillingAsync("explain", "june.csv:3", "--store", _place.Store, "--json")).Json.GetProperty("records").EnumerateArray());
        Assert.Equal("stored", explanation.GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task The_list_shows_the_key_of_each_row_and_that_key_replays_it()
    {
        await IngestAsync(Csv);
        string key = (await OpenAsync())[1].GetProperty("key").GetString()!;
        Assert.Contains($"  {key}\n", (await _place.BillingAsync(80, "quarantine", "--store", _place.Store)).Out, StringComparison.Ordinal);
        Run replay = await _place.BillingAsync("quarantine", "replay", key, "--store", _place.Store, "--rates", "CAD=0.68", "--currency", "EUR", "--json");
        Assert.Equal((0, ""), (replay.ExitCode, replay.Error));
        Assert.Equal([3L, 5L], (await OpenAsync()).Select(row => row.GetProperty("source").GetProperty("line").GetInt64()));
    }

    [Fact]
    public async Task Lines_are_replayed_as_they_are_named()
    {
        await IngestAsync(Csv);
        Run replay = await _place.BillingAsync("quarantine", "replay", "june.csv:5", "june.csv:3", "--store", _place.Store, "--rates", "CAD=0.68", "--currency", "EUR", "--json");
        Assert.Equal(ExitCode.Quarantined, replay.ExitCode);
        Assert.Equal([3L, 4L], (await OpenAsync()).Select(row => row.GetProperty("source").GetProperty("line").GetInt64()));
    }

    [Fact]
    public async Task A_row_is_dismissed_with_a_reason_and_stays_to_be_seen()
    {
        await IngestAsync(Csv);
        Run dismiss = await _place.BillingAsync(80, "quarantine", "dismiss", "june.csv:3", "--because", "A test row of the sender.", "--store", _place.Store);
        Assert.Equal((0, ""), (dismiss.ExitCode, dismiss.Error));
        Assert.Contains("dismissed: A test row of the sender.", dismiss.Out, StringComparison.Ordinal);
        Assert.Equal(2, (await OpenAsync()).Length);
        JsonElement[] all = [.. (await _place.BillingAsync("quarantine", "list", "--resolved", "--store", _place.Store, "--json")).Json.GetProperty("quarantine").EnumerateArray()];
        Assert.Equal("A test row of the sender.", all[0].GetProperty("dismissed").GetString());
        JsonElement explanation = Assert.Single((await _place.BillingAsync("explain", "june.csv:3", "--store", _place.Store, "--json")).Json.GetProperty("records").EnumerateArray());
        Assert.Equal("dismissed", explanation.GetProperty("outcome").GetString());
        await IngestAsync(Csv);
        Assert.Equal(2, (await OpenAsync()).Length);
    }

    [Theory]
    [InlineData("june.csv:2", "no open row in quarantine for june.csv:2")]
    [InlineData("june.csv:3", "say why", " ")]
    public async Task What_cannot_be_dismissed_is_a_failure_and_changes_nothing(string row, string message, string because = "No record.")
    {
        await IngestAsync(Csv);
        Run run = await _place.BillingAsync("quarantine", "dismiss", "june.csv:4", row, "--because", because, "--store", _place.Store);
        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Equal(3, (await OpenAsync()).Length);
    }

    [Fact]
    public async Task Explain_asks_the_store_first_and_needs_no_rates_for_what_is_stored()
    {
        string file = _place.Write("june.csv", Csv);
        await _place.BillingAsync("ingest", file, "--to", _place.Store, "--currency", "EUR", "--rates", "CAD=0.68");
        JsonElement stored = Assert.Single((await _place.BillingAsync("explain", file + ":4", "--store", _place.Store, "--json")).Json.GetProperty("records").EnumerateArray());
        Assert.Equal("stored", stored.GetProperty("outcome").GetString());
        Assert.Equal("2.04", stored.GetProperty("record").GetProperty("reportingAmount").GetProperty("amount").GetString());

        // The line has changed since: what is stored is not what stands there.
        _place.Write("june.csv", Csv.Replace("C,3.00", "C,9.00", StringComparison.Ordinal));
        JsonElement changed = Assert.Single((await _place.BillingAsync("explain", file + ":4", "--store", _place.Store, "--json")).Json.GetProperty("records").EnumerateArray());
        Assert.Equal("not_stored", changed.GetProperty("outcome").GetString());

        _place.Write("june.csv", Csv.Replace("2025-06-02", "2025-06-32", StringComparison.Ordinal));
        JsonElement broken = Assert.Single((await _place.BillingAsync("explain", file + ":4", "--store", _place.Store, "--json")).Json.GetProperty("records").EnumerateArray());
        Assert.StartsWith("A record of this line is stored, by run ", broken.GetProperty("explanation").GetString(), StringComparison.Ordinal);
    }

    private async Task IngestAsync(string text)
    {
        Run run = await _place.BillingAsync("ingest", _place.Write("june.csv", text), "--to", _place.Store, "--currency", "EUR");
        Assert.Equal(ExitCode.Quarantined, run.ExitCode);
    }

    private async Task<JsonElement[]> OpenAsync() =>
        [.. (await _place.BillingAsync("quarantine", "list", "--store", _place.Store, "--json")).Json.GetProperty("quarantine").EnumerateArray()];
}
