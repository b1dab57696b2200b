using System.Globalization;
using System.Text.Json;

namespace Billing.Console.Tests.EndToEnd;

/// <summary>Files that are not like those before, on the command line.</summary>
public sealed class DriftTests : IDisposable
{
    private readonly Workplace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public async Task By_default_a_warning_says_what_differs_and_all_is_stored()
    {
        Assert.Equal(0, (await IngestAsync(1, "colour")).ExitCode);
        Run run = await IngestAsync(2, "Farbe");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("warning: 2025-02.csv: drift: column renamed: before 'colour', now 'Farbe'\n", run.Out, StringComparison.Ordinal);
        Assert.Contains("--drift accept (DriftPolicy.Accept)", run.Out.Replace("\n", " ", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("drift", (await IngestAsync(3, "Farbe")).Out, StringComparison.Ordinal);
        Assert.DoesNotContain("drift", (await IngestAsync(4, "colour", "--drift", "off")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_stopped_stores_nothing_and_says_why_and_costs_only_itself_and_is_accepted()
    {
        Assert.Contains("\ndrift: nothing was compared: there is no earlier run of sources named like #-#.csv, no layout\n", (await IngestAsync(1, "colour", "--drift", "stop")).Out, StringComparison.Ordinal);
        _work.Write("2025-02.csv", Text(2, "Farbe"));
        _work.Write("2025-03.csv", Text(3, "colour"));
        Run run = await _work.BillingAsync("ingest", _work.PathTo("2025-02.csv"), _work.PathTo("2025-03.csv"), "--to", _work.Store, "--drift", "stop");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("billing: 2025-02.csv differs from earlier runs: column renamed: before 'colour', now 'Farbe' (compared with 1 earlier run of sources named like #-#.csv, no layout, the last of 2025-01.csv). Nothing of it is stored.", run.Error, StringComparison.Ordinal);
        Assert.Contains("\nstopped: 2025-02.csv differs from earlier runs: nothing of it is stored\n  column renamed: before 'colour', now 'Farbe'\n", run.Out, StringComparison.Ordinal);
        Assert.Contains("\n2025-03.csv: drift: none, compared with 1 earlier run of sources named like #-#.csv, no layout, the last of 2025-01.csv\n", run.Out, StringComparison.Ordinal);
        Assert.Contains("balanced: read 4 = stored 2 + duplicate 0 + conflict 0 + quarantined 0 + not stored 2", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("not read to its end", run.Out, StringComparison.Ordinal);

        Run accepted = await IngestAsync(2, "Farbe", "--drift", "accept");
        Assert.Equal(0, accepted.ExitCode);
        Assert.Contains("drift is accepted: later runs of sources named like #-#.csv, no layout are compared with this one", accepted.Out, StringComparison.Ordinal);
        Assert.Equal(0, (await IngestAsync(4, "Farbe", "--drift", "stop")).ExitCode);
    }

    [Fact]
    public async Task The_JSON_has_it_of_the_run_and_of_the_run_that_is_listed()
    {
        await IngestAsync(1, "colour");
        using JsonDocument dry = JsonDocument.Parse((await IngestAsync(2, "Farbe", "--drift", "stop", "--dry-run", "--json")).Out);
        JsonElement drift = dry.RootElement.GetProperty("sources")[0].GetProperty("drift");
        Assert.Equal(("stop", true, "2025-01.csv"), (drift.GetProperty("policy").GetString(), drift.GetProperty("stopped").GetBoolean(), drift.GetProperty("source").GetString()));
        JsonElement finding = Assert.Single(drift.GetProperty("findings").EnumerateArray());
        Assert.Equal(
            ("column_renamed", "column renamed", "'colour'", "'Farbe'"),
            (finding.GetProperty("kind").GetString(), finding.GetProperty("what").GetString(), finding.GetProperty("before").GetString(), finding.GetProperty("now").GetString()));

        Assert.Equal(1, (await IngestAsync(2, "Farbe", "--drift", "stop")).ExitCode);
        using JsonDocument runs = JsonDocument.Parse((await _work.BillingAsync("runs", "--store", _work.Store, "--json")).Out);
        JsonElement[] listed = [.. runs.RootElement.GetProperty("runs").EnumerateArray()];
        Assert.Equal([true, false], listed.Select(run => run.GetProperty("drift").ValueKind == JsonValueKind.Object));
    }

    [Fact]
    public async Task Another_word_is_wrong_usage()
    {
        Run run = await IngestAsync(1, "colour", "--drift", "ask");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--drift: 'ask' is not a policy. Use off, warn, stop or accept.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_copy_of_the_store_knows_what_was_there_before()
    {
        await IngestAsync(1, "colour");
        string copy = "sqlite:" + _work.PathTo("copy.db");
        Assert.Equal(0, (await _work.BillingAsync("copy", "--from", _work.Store, "--to", copy)).ExitCode);
        Run run = await _work.BillingAsync("ingest", _work.Write("2025-02.csv", Text(2, "Farbe")), "--to", copy, "--drift", "stop");
        Assert.Equal(1, run.ExitCode);
    }

    private Task<Run> IngestAsync(int month, string column, params string[] more) =>
        _work.BillingAsync(["ingest", _work.Write(string.Create(CultureInfo.InvariantCulture, $"2025-{month:D2}.csv"), Text(month, column)), "--to", _work.Store, .. more]);

    private static string Text(int month, string column) =>
        FormattableString.Invariant($"date,company,amount,currency,{column}\n2025-{month:D2}-01,Acme,10.00,USD,red\n2025-{month:D2}-02,Acme,-3.50,USD,blue\n");
}
