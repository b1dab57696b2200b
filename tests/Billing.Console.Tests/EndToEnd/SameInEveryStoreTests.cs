using System.Text.Json;

namespace Billing.Console.Tests.EndToEnd;

/// <summary>The same files give the same records, totals and outcomes in every kind of store; a planted difference is found and named.</summary>
[Trait("Culture", "independent")]
public sealed class SameInEveryStoreTests
{
    public static TheoryData<string> Others => [StoreKinds.MySql, StoreKinds.MySqlByParameters, StoreKinds.Dynamo, StoreKinds.Postgres];

    [Theory]
    [MemberData(nameof(Others))]
    public async Task The_sample_invoices(string kind)
    {
        using Workplace sqlite = new();
        using Workplace other = new(kind);
        Run expected = await sqlite.IngestInvoicesAsync("--json");
        Run actual = await other.IngestInvoicesAsync("--json");
        Assert.Equal(Total(expected), Total(actual));
        await SameAsync(sqlite, other, records: 41, quarantined: 4);
    }

    [Theory]
    [MemberData(nameof(Others))]
    public async Task A_thousand_real_rows(string kind)
    {
        Assert.SkipUnless(SharedData.IsHere, SharedData.Missing);
        string[] ingest = ["ingest", SharedData.PathTo("focus-sample", "focus_sample.csv"), "--layout", Workplace.Sample("layout.focus.json"), "--json", "--to"];
        using Workplace sqlite = new();
        using Workplace other = new(kind);
        Run expected = await sqlite.BillingAsync([.. ingest, sqlite.Store]);
        Run actual = await other.BillingAsync([.. ingest, other.Store]);
        Assert.Equal(Total(expected), Total(actual));
        await SameAsync(sqlite, other, records: 1000, quarantined: 0);
        Run second = await other.BillingAsync([.. ingest, other.Store]);
        Assert.Equal(1000, second.Json.GetProperty("total").GetProperty("rows").GetProperty("duplicate").GetInt64());
    }

    [Theory]
    [InlineData(StoreKinds.Sqlite)]
    [InlineData(StoreKinds.MySql)]
    [InlineData(StoreKinds.Dynamo)]
    [InlineData(StoreKinds.Postgres)]
    public async Task A_changed_amount_and_a_row_that_is_gone_are_found_and_named(string kind)
    {
        using Workplace good = new();
        using Workplace bad = new(kind);
        await good.IngestInvoicesAsync();
        await bad.IngestInvoicesAsync();
        JsonElement[] records = [.. (await good.BillingAsync("records", "--all", "--store", good.Store, "--json")).Json.GetProperty("records").EnumerateArray()];
        string changed = records[5].GetProperty("key").GetString()!;
        string gone = records[17].GetProperty("key").GetString()!;
        string amount = records[5].GetProperty("amount").GetProperty("amount").GetString()!;
        await Planted.ChangeAmountAsync(bad.Store, changed, "999999.99");
        await Planted.DeleteAsync(bad.Store, gone);

        Run verified = await bad.BillingAsync("verify", bad.Store, "--against", good.Store, "--json");
        Assert.Equal((ExitCode.Differences, ""), (verified.ExitCode, verified.Error));
        Assert.Equal(
            [$"different {changed} amount 999999.99 {amount}", $"only_in_other {gone}"],
            verified.Json.GetProperty("differences").EnumerateArray().Select(Text).Order(StringComparer.Ordinal));

        // The ledger alone says that something is wrong, too: the fingerprint, and the totals of the runs.
        JsonElement[] faults = [.. verified.Json.GetProperty("faults").EnumerateArray()];
        Assert.Equal([changed], faults.Where(fault => Kind(fault) == "fingerprint").Select(fault => fault.GetProperty("key").GetString()));
        string[] runs = [.. new[] { records[5], records[17] }.Select(record => record.GetProperty("source").GetProperty("name").GetString()!).Distinct()];
        Assert.Equal(runs.Length, faults.Count(fault => Kind(fault) == "run_totals"));
        Assert.All(runs, run => Assert.Contains(faults, fault => fault.GetProperty("detail").GetString()!.StartsWith(run + ": The run says that it stored ", StringComparison.Ordinal)));
    }

    private static async Task SameAsync(Workplace sqlite, Workplace other, int records, int quarantined)
    {
        foreach ((Workplace one, Workplace against) in new[] { (sqlite, other), (other, sqlite) })
        {
            Run run = await one.BillingAsync("verify", one.Store, "--against", against.Store, "--json");
            Assert.Equal((0, "", "[]", "[]"), (run.ExitCode, run.Error, run.Json.GetProperty("faults").GetRawText(), run.Json.GetProperty("differences").GetRawText()));
            Assert.Equal((records, records), (run.Json.GetProperty("records").GetInt32(), run.Json.GetProperty("otherRecords").GetInt32()));
            Run quarantine = await one.BillingAsync("quarantine", "--all", "--store", one.Store, "--json");
            Assert.Equal(quarantined, quarantine.Json.GetProperty("quarantine").GetArrayLength());
        }

        foreach (string by in (string[])["month", "category", "party", "currency"])
        {
            string[] summary = ["summary", "--by", by, "--json", "--store"];
            Assert.Equal((await sqlite.BillingAsync([.. summary, sqlite.Store])).Out, (await other.BillingAsync([.. summary, other.Store])).Out);
        }
    }

    private static string Total(Run run) => run.Json.GetProperty("total").GetRawText();

    private static string? Kind(JsonElement fault) => fault.GetProperty("fault").GetString();

    private static string Text(JsonElement difference) =>
        $"{difference.GetProperty("difference").GetString()} {difference.GetProperty("key").GetString()}"
        + string.Concat(difference.GetProperty("fields").EnumerateArray().Select(field => $" {field.GetProperty("field").GetString()} {field.GetProperty("value").GetString()} {field.GetProperty("otherValue").GetString()}"));
}
