using System.Text.Json;

namespace Billing.Console.Tests.EndToEnd;

public sealed class CopyTests : IAsyncLifetime
{
    private static readonly string[] s_mended = ["--layout", Workplace.Sample("layout.invoices.mended.json"), .. Workplace.InvoiceOptions[2..]];

    private readonly Workplace _place = new();

    // A store with records, open and resolved quarantine, and four runs.
    public async ValueTask InitializeAsync()
    {
        await _place.IngestInvoicesAsync();
        await _place.BillingAsync(["quarantine", "replay", .. s_mended, "--reason", "bad_date", "--store", _place.Store]);
    }

    public ValueTask DisposeAsync()
    {
        _place.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData(StoreKinds.Sqlite)]
    [InlineData(StoreKinds.MySql)]
    [InlineData(StoreKinds.MySqlByParameters)]
    [InlineData(StoreKinds.Dynamo)]
    [InlineData(StoreKinds.Postgres)]
    public async Task A_copy_holds_all_that_the_store_holds_and_so_does_the_copy_of_the_copy(string kind)
    {
        using Workplace copy = new(kind);
        using Workplace back = new();
        Run run = await CopyAsync(_place.Store, copy.Store, "--json");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal("""{"read":42,"stored":42,"duplicate":0,"conflict":0,"refused":0}""", Rows(run));
        Assert.Equal((true, 4, 4), (run.Json.GetProperty("balanced").GetBoolean(), run.Json.GetProperty("quarantinedRows").GetInt32(), run.Json.GetProperty("runs").GetInt32()));
        Assert.Equal(0, (await CopyAsync(copy.Store, back.Store)).ExitCode);
        foreach (string store in (string[])[copy.Store, back.Store])
        {
            Run verified = await _place.BillingAsync("verify", store, "--against", _place.Store);
            Assert.Equal((0, ""), (verified.ExitCode, verified.Error));
            foreach (string listing in (string[])["records --all", "runs --all", "quarantine list --resolved --all"])
            {
                string[] command = [.. listing.Split(' '), "--json", "--store"];
                Assert.Equal((await _place.BillingAsync([.. command, _place.Store])).Out, (await _place.BillingAsync([.. command, store])).Out);
            }
        }
    }

    [Fact]
    public async Task The_statement_and_the_document_are_the_approved_ones()
    {
        using Workplace copy = new();
        Run people = await CopyAsync(_place.Store, copy.Store);
        Check("copy.txt", people, copy);
        Run document = await CopyAsync(_place.Store, copy.Store, "--json");
        Check("copy.json", document, copy);
        Assert.Equal((0, 0), (people.ExitCode, document.ExitCode));
    }

    [Fact]
    public async Task A_copy_that_ended_early_goes_on_when_it_is_run_again()
    {
        using Workplace copy = new();
        await CopyAsync(_place.Store, copy.Store);
        string[] keys = [.. (await _place.BillingAsync("records", "--all", "--store", copy.Store, "--json")).Json.GetProperty("records").EnumerateArray().Select(record => record.GetProperty("key").GetString()!)];
        foreach (string key in keys.Where((_, i) => i % 2 == 0))
        {
            await Planted.DeleteAsync(copy.Store, key);
        }

        Run run = await CopyAsync(_place.Store, copy.Store, "--json");
        Assert.Equal("""{"read":42,"stored":21,"duplicate":21,"conflict":0,"refused":0}""", Rows(run));
        Assert.Equal(0, (await _place.BillingAsync("verify", copy.Store, "--against", _place.Store)).ExitCode);
    }

    [Fact]
    public async Task History_is_copied_so_that_the_copy_can_go_on_with_it()
    {
        using TwoMonths months = await TwoMonths.CreateAsync();
        string removal = (await months.JsonAsync("remove june.csv:4 --reason private")).Json.GetProperty("entry").GetProperty("id").GetString()!;
        await months.RevertAsync(months.MayRun);
        using Workplace copy = new();
        Run run = await CopyAsync(months.Store, copy.Store, "--json");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        foreach (string listing in (string[])["entries", $"entries {removal}", $"records --as-of {months.JuneRun}", "runs"])
        {
            Assert.Equal((await months.JsonAsync(listing)).Out, (await _place.BillingAsync([.. listing.Split(' '), "--json", "--store", copy.Store])).Out);
        }

        // What was removed is put back from what the copy has, and June is taken back as in the original.
        foreach (string id in (string[])[removal, months.JuneRun])
        {
            Assert.Equal(0, (await _place.BillingAsync("revert", id, "--store", copy.Store)).ExitCode);
        }

        Assert.Equal(0, (await _place.BillingAsync("records", "--store", copy.Store, "--json")).Json.GetProperty("records").GetArrayLength());
    }

    [Fact]
    public async Task Conflicts_and_what_only_the_target_has_are_named_and_change_nothing()
    {
        using Workplace source = new();
        using Workplace target = new();
        string[] ingest = ["--identity", "columns:id", "--to"];
        string first = source.Write("first.csv", "id,date,amount,currency\n1,2025-06-01,1.00,USD\n2,2025-06-02,2.00,EUR\n");
        string second = target.Write("second.csv", "id,date,amount,currency\n2,2025-06-03,2.50,EUR\n3,2025-06-04,3.00,USD\n");
        await source.BillingAsync(["ingest", first, "--currency", "EUR", "--rates", "USD=0.9", .. ingest, source.Store]);
        await target.BillingAsync(["ingest", second, "--currency", "EUR", "--rates", "USD=0.9", .. ingest, target.Store]);
        Run before = await target.BillingAsync("records", "--store", target.Store, "--source", "second.csv", "--json");

        Run run = await CopyAsync(source.Store, target.Store);
        Assert.Equal(ExitCode.Differences, run.ExitCode);
        Check("copy-conflict.txt", run, target, source);
        Run document = await CopyAsync(source.Store, target.Store, "--json");
        Check("copy-conflict.json", document, target, source);
        Assert.Equal(before.Out, (await target.BillingAsync("records", "--store", target.Store, "--source", "second.csv", "--json")).Out);
    }

    [Fact]
    public async Task A_target_that_fails_is_a_failure_with_the_statement_so_far()
    {
        Run run = await CopyAsync(_place.Store, "sqlite:" + _place.PathTo("no-such-folder/copy.db"));
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains("balanced so far: read 0", run.Out, StringComparison.Ordinal);
        Assert.Contains("Run the same command again to continue", run.Error, StringComparison.Ordinal);
    }

    private static string Rows(Run run) => JsonSerializer.Serialize(run.Json.GetProperty("rows"));

    private Task<Run> CopyAsync(string from, string to, params string[] more) => _place.BillingAsync(["copy", "--from", from, "--to", to, .. more]);

    private void Check(string golden, Run run, Workplace copy, Workplace? source = null) =>
        _place.Check(golden, run.Out.Replace(copy.Store, "sqlite:<copy>", StringComparison.Ordinal).Replace(source?.Store ?? _place.Store, _place.Store, StringComparison.Ordinal));
}
