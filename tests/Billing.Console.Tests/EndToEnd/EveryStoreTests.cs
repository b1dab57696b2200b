using System.Text.Json;
using System.Text.RegularExpressions;

namespace Billing.Console.Tests.EndToEnd;

/// <summary>Every command on every kind of store, with the approved outputs of the SQLite one.</summary>
[Trait("Culture", "independent")]
public sealed partial class EveryStoreTests
{
    [Theory]
    [InlineData(StoreKinds.MySql)]
    [InlineData(StoreKinds.MySqlByParameters)]
    [InlineData(StoreKinds.Dynamo)]
    [InlineData(StoreKinds.Postgres)]
    public async Task Every_command_says_what_it_says_of_SQLite(string kind)
    {
        using Workplace place = new(kind);
        Run first = await place.IngestInvoicesAsync();
        Assert.Equal(ExitCode.Quarantined, first.ExitCode);
        place.Check("ingest-first.txt", first.Out);
        foreach (string command in (string[])["records --currency cad --from 2025-06-03 --to 2025-06-04", "summary --by currency", "quarantine"])
        {
            Run run = await place.BillingAsync([.. command.Split(' '), "--store", place.Store, "--json"]);
            Assert.Equal((0, ""), (run.ExitCode, run.Error));
            place.Check($"query-{command.Split(' ')[0]}.json", run.Out);
        }

        // Stores look at the clock at times of their own, and this clock is later whenever it is looked at.
        Run runs = await place.BillingAsync("runs", "--store", place.Store, "--json");
        string approved = await File.ReadAllTextAsync(Repository.PathTo("tests", "Billing.Console.Tests", "golden", "query-runs.json"), TestContext.Current.CancellationToken);
        Assert.Equal(StartedAt().Replace(approved, ""), StartedAt().Replace(RunId().Replace(runs.Out, "<run>"), ""));

        foreach (string by in (string[])["month", "category", "party", "currency"])
        {
            Run run = await place.BillingAsync(by == "party" ? 80 : 100, [.. $"summary --by {by}".Split(' '), .. by == "party" ? (string[])["--category", "meat"] : [], "--store", place.Store]);
            place.Check($"query-summary-{by}.txt", run.Out);
        }

        Run page = await place.BillingAsync(100, "records", "--page-size", "3", "--store", place.Store);
        place.Check("query-records-page.txt", Token().Replace(page.Out, "--token <token>"));
        Run all = await place.BillingAsync("records", "--all", "--store", place.Store);
        place.Check("query-records.txt", all.Out);

        string dairy = Workplace.Sample("billing_data_dairy_june_2025.csv");
        Run explained = await place.BillingAsync(["explain", $"{dairy}:2", .. Workplace.InvoiceOptions, "--store", place.Store, "--json"]);
        place.Check("explain-stored.json", explained.Out);
        string key = explained.Json.GetProperty("records")[0].GetProperty("record").GetProperty("key").GetString()!;
        Run byKey = await place.BillingAsync("explain", key, "--store", place.Store, "--json");
        Assert.Equal("stored", byKey.Json.GetProperty("records")[0].GetProperty("outcome").GetString());

        Run dry = await place.IngestInvoicesAsync("--dry-run", "--json");
        Run second = await place.IngestInvoicesAsync("--json");
        Assert.Equal("""{"read":45,"stored":0,"duplicate":41,"conflict":0,"quarantined":4}""", Rows(second));
        Assert.Equal(Rows(second), Rows(dry));

        Run replay = await place.BillingAsync(
            ["quarantine", "replay", "--layout", Workplace.Sample("layout.invoices.mended.json"), .. Workplace.InvoiceOptions[2..], "--store", place.Store]);
        Assert.Equal(ExitCode.Quarantined, replay.ExitCode);
        place.Check("replay.txt", replay.Out);
        Run resolved = await place.BillingAsync("quarantine", "list", "--resolved", "--reason", "bad_date", "--store", place.Store, "--json");
        Assert.NotNull(Assert.Single(resolved.Json.GetProperty("quarantine").EnumerateArray()).GetProperty("resolvedByRunId").GetString());
    }

    [Theory]
    [InlineData(StoreKinds.MySql)]
    [InlineData(StoreKinds.Dynamo)]
    [InlineData(StoreKinds.Postgres)]
    public async Task A_command_that_reads_creates_nothing_and_says_that_nothing_is_there(string kind)
    {
        using Workplace place = new(kind);
        Run run = await place.BillingAsync("records", "--store", place.Store);
        Assert.Equal((ExitCode.Failed, ""), (run.ExitCode, run.Out));
        Assert.Equal(1, run.Error.Count(c => c == '\n'));
        Assert.StartsWith("billing: ", run.Error, StringComparison.Ordinal);
        Assert.Equal(run, await place.BillingAsync("records", "--store", place.Store));
    }

    [Theory]
    [InlineData(StoreKinds.Sqlite)]
    [InlineData(StoreKinds.MySql)]
    [InlineData(StoreKinds.Dynamo)]
    [InlineData(StoreKinds.Postgres)]
    public async Task What_writes_nothing_needs_no_store_and_creates_none(string kind)
    {
        using Workplace place = new(kind);
        Run dry = await place.IngestInvoicesAsync("--dry-run", "--json");
        Assert.Equal((ExitCode.Quarantined, ""), (dry.ExitCode, dry.Error));
        Assert.Equal("""{"read":45,"stored":41,"duplicate":0,"conflict":0,"quarantined":4}""", Rows(dry));
        string dairy = Workplace.Sample("billing_data_dairy_june_2025.csv");
        foreach ((int line, string outcome) in new[] { (2, "not_stored"), (9, "unprocessable") })
        {
            Run explained = await place.BillingAsync(["explain", $"{dairy}:{line}", .. Workplace.InvoiceOptions, "--store", place.Store, "--json"]);
            Assert.Equal((0, ""), (explained.ExitCode, explained.Error));
            Assert.Equal(outcome, explained.Json.GetProperty("records")[0].GetProperty("outcome").GetString());
        }

        Assert.NotEqual(0, (await place.BillingAsync("records", "--store", place.Store)).ExitCode);
    }

    [Theory]
    [InlineData(StoreKinds.MySql)]
    [InlineData(StoreKinds.Dynamo)]
    [InlineData(StoreKinds.Postgres)]
    public async Task A_dry_run_against_a_server_that_is_not_there_fails_instead_of_guessing(string kind)
    {
        using Workplace place = new(kind);
        string nowhere = System.Text.RegularExpressions.Regex.Replace(place.Store, @"127\.0\.0\.1:\d+(/\w+)?", kind != StoreKinds.Dynamo ? "127.0.0.1:1$1" : "127.0.0.1:1");
        Run run = await place.BillingAsync(["ingest", Workplace.Invoices, .. Workplace.InvoiceOptions, "--to", nowhere, "--dry-run"]);
        Assert.Equal((ExitCode.Failed, ""), (run.ExitCode, run.Out));
        Assert.Equal(1, run.Error.Count(c => c == '\n'));
    }

    [Fact]
    public async Task A_password_on_the_command_line_is_warned_of_and_never_shown()
    {
        using Workplace place = new(StoreKinds.MySql);
        string withPassword = place.Store.Replace("root@", "nobody:s3cr%23t@", StringComparison.Ordinal);
        Run run = await place.BillingAsync("runs", "--store", withPassword, "--verbose");
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.StartsWith("billing: warning: a password on the command line can be read by every user of this machine", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cr", run.Error + run.Out, StringComparison.Ordinal);
        Assert.Contains("1045", run.Error, StringComparison.Ordinal);
    }

    private static string Rows(Run run) => JsonSerializer.Serialize(run.Json.GetProperty("total").GetProperty("rows"));

    [GeneratedRegex(""" *"startedAt": "[^"]+",\n""")]
    private static partial Regex StartedAt();

    [GeneratedRegex(@"\b[0-9a-f]{32}\b")]
    private static partial Regex RunId();

    [GeneratedRegex(@"--token\s+\S+")]
    private static partial Regex Token();
}
