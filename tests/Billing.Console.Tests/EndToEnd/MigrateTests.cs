using System.IO.Compression;

namespace Billing.Console.Tests.EndToEnd;

/// <summary>A file that the version before this one made (schema version 3, canonical form v1): the sample invoices, and three files of a bank.</summary>
public sealed class MigrateTests : IDisposable
{
    private const int Stored = 48;

    private readonly Workplace _place = new();

    public MigrateTests()
    {
        _place.Write("may.csv", "date,party,amount,currency\n2025-06-08,A,-1.00,USD\n2025-06-09,B,-2.00,USD\n");
        _place.Write("june.csv", "date,party,amount,currency,mandate\n2025-06-08,A,-1.00,USD,\n2025-06-09,B,-2.00,USD,\n2025-06-10,C,-3.00,USD,\n");
        _place.Write("balances.csv", "Date,Party,Amount,Currency,Balance\n2025-06-11,C,-3.00,USD,5.00\n2025-06-11,C,-3.00,USD,2.00\n");
        using GZipStream file = new(File.OpenRead(Repository.PathTo("tests", "Billing.Console.Tests", "golden", "earlier-version.db.gz")), CompressionMode.Decompress);
        using FileStream store = File.Create(_place.Store["sqlite:".Length..]);
        file.CopyTo(store);
    }

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task Before_it_the_store_can_be_read_and_is_not_written_to()
    {
        Assert.Contains("may.csv:2", (await _place.BillingAsync("records", "--all", "--store", _place.Store)).Out, StringComparison.Ordinal);
        foreach (string[] more in (string[][])[["--dry-run"], []])
        {
            Run refused = await _place.BillingAsync(["ingest", _place.PathTo("may.csv"), "--store", _place.Store, .. more]);
            Assert.Equal(ExitCode.Usage, refused.ExitCode);
            Assert.Contains($"The store {_place.Store} holds records of an earlier version, in canonical form v1", refused.Error, StringComparison.Ordinal);
            Assert.Contains("billing migrate --store STORE", refused.Error, StringComparison.Ordinal);
        }

        Run replay = await _place.BillingAsync("quarantine", "replay", "--store", _place.Store);
        Assert.Equal(ExitCode.Usage, replay.ExitCode);
        Run verify = await _place.BillingAsync("verify", "--store", _place.Store);
        Assert.Equal(ExitCode.Differences, verify.ExitCode);
        Assert.Contains($"{Stored} records are in canonical form v1", verify.Out, StringComparison.Ordinal);
        Assert.Contains("NOT VERIFIED: ", verify.Out, StringComparison.Ordinal);
        Assert.Contains("of an earlier version", (await _place.BillingAsync("explain", _place.PathTo("may.csv") + ":2", "--store", _place.Store)).Out, StringComparison.Ordinal);
        Assert.Equal(Stored, (await _place.BillingAsync("verify", "--store", _place.Store, "--json")).Json.GetProperty("records").GetInt32());
    }

    [Fact]
    public async Task After_it_everything_is_recognised()
    {
        Run trial = await _place.BillingAsync("migrate", "--dry-run", "--store", _place.Store);
        _place.Check("migrate-dry-run.txt", trial.Out);
        Run run = await _place.BillingAsync("migrate", "--store", _place.Store);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        _place.Check("migrate.txt", run.Out);
        Assert.Contains($"nothing to migrate: {_place.Store}: {Stored} records", (await _place.BillingAsync("migrate", "--store", _place.Store)).Out, StringComparison.Ordinal);

        Run invoices = await _place.IngestInvoicesAsync("--json");
        Assert.Equal(0, RowsOf(invoices, "stored"));
        Assert.Equal(41, RowsOf(invoices, "duplicate"));
        foreach (string file in (string[])["may.csv", "june.csv", "balances.csv"])
        {
            Run again = await _place.BillingAsync("ingest", _place.PathTo(file), "--store", _place.Store, "--json");
            Assert.Equal(0, RowsOf(again, "stored"));
        }

        Run verify = await _place.BillingAsync("verify", "--store", _place.Store, "--json");
        Assert.Equal((0, Stored), (verify.ExitCode, verify.Json.GetProperty("records").GetInt32()));
    }

    [Fact]
    public async Task Its_document_names_what_became_equal()
    {
        Run run = await _place.BillingAsync("migrate", "--json", "--store", _place.Store);
        Assert.Equal((Stored, Stored, 2), (run.Json.GetProperty("records").GetInt32(), run.Json.GetProperty("changed").GetInt32(), run.Json.GetProperty("becameEqualRecords").GetInt32()));
        Assert.Equal(
            ["may.csv june.csv", "may.csv june.csv"],
            run.Json.GetProperty("becameEqual").EnumerateArray().Select(group => string.Join(' ', group.EnumerateArray().Select(record => record.GetProperty("source").GetProperty("name").GetString()))));
    }

    [Fact]
    public async Task Other_ignored_columns_take_the_store_along()
    {
        await _place.BillingAsync("migrate", "--store", _place.Store);
        string layout = _place.Write("layout.json", """{ "ignore": ["mandate", "balance"] }""");
        _place.Write("june.csv", "date,party,amount,currency,mandate\n2025-06-10,C,-3.00,USD,M-1\n");
        Run run = await _place.BillingAsync("migrate", "--layout", layout, "--store", _place.Store);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Run again = await _place.BillingAsync("ingest", _place.PathTo("june.csv"), "--layout", layout, "--store", _place.Store, "--json");
        Assert.Equal((0, 1), (RowsOf(again, "stored"), RowsOf(again, "duplicate")));
    }

    [Theory]
    [InlineData("--scope changes the ignored columns of one scope", "--scope", "giro")]
    [InlineData("states no ignored columns", "--layout", "<layout>")]
    [InlineData("The file 'absent.json' cannot be read", "--layout", "absent.json")]
    public async Task What_makes_no_sense_is_refused(string expected, params string[] options)
    {
        string layout = _place.Write("layout.json", "{}");
        Run run = await _place.BillingAsync(["migrate", "--store", _place.Store, .. options.Select(option => option.Replace("<layout>", layout, StringComparison.Ordinal))]);
        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_is_not_there_is_refused()
    {
        Run run = await _place.BillingAsync("migrate", "--store", "sqlite:" + _place.PathTo("absent.db"));
        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains("There is no store at", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_place.PathTo("absent.db")));
    }

    private static int RowsOf(Run run, string outcome) => run.Json.GetProperty("total").GetProperty("rows").GetProperty(outcome).GetInt32();
}
