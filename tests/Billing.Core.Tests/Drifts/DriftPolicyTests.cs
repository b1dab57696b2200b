using System.Text;
using Billing.Core.Tests.Runs;

namespace Billing.Core.Tests.Drifts;

/// <summary>What a run does about drift, and which runs it is compared with.</summary>
public sealed class DriftPolicyTests
{
    private static readonly MonthlyFile s_renamed = new() { Header = "date,company,amount,currency,ref" };

    [Fact]
    public async Task A_run_that_is_stopped_stores_nothing_and_is_kept_as_failed_and_accepting_it_stores_all()
    {
        Account account = new();
        await account.TakeAsync(new MonthlyFile { Unreadable = 10 }, 1, 1);
        int records = (await account.Ledger.QueryAsync(new RecordQuery { PageSize = 1_000 }, Cancellation)).Items.Count;
        int quarantined = (await account.Ledger.GetQuarantineAsync(new QuarantineQuery { PageSize = 1_000 }, Cancellation)).Items.Count;
        MonthlyFile file = s_renamed with { Month = 2, Unreadable = 10 };
        IngestFailedException stopped = await Assert.ThrowsAsync<IngestFailedException>(() => account.TakeAsync(file, DriftPolicy.Stop));
        Assert.StartsWith("statement-02.csv differs from earlier runs: column renamed (id): before 'reference', now 'ref' (compared with 1 earlier run of scope DE12, no layout, the last of statement-01.csv). Nothing of it is stored.", stopped.Message, StringComparison.Ordinal);
        Assert.Contains("--drift accept", stopped.Message, StringComparison.Ordinal);
        Assert.Equal((true, 40, 40, 0), (stopped.Report.Drift!.IsStopped, stopped.Report.Read.Rows, stopped.Report.NotStored.Rows, stopped.Report.Stored.Rows));
        Assert.Equal(records, (await account.Ledger.QueryAsync(new RecordQuery { PageSize = 1_000 }, Cancellation)).Items.Count);
        Assert.Equal(quarantined, (await account.Ledger.GetQuarantineAsync(new QuarantineQuery { PageSize = 1_000 }, Cancellation)).Items.Count);
        IngestReport kept = (await account.Ledger.FindRunAsync(stopped.Report.RunId, Cancellation))!;
        Assert.Equal((RunStatus.Failed, stopped.Message, true), (kept.Status, kept.Error, kept.EndedEarly));
        Assert.Equal(DriftKind.ColumnRenamed, Assert.Single(kept.Drift!.Findings).Kind);

        // The file that was stopped is not what the next one is compared with.
        await Assert.ThrowsAsync<IngestFailedException>(() => account.TakeAsync(file, DriftPolicy.Stop));
        IngestReport accepted = await account.TakeAsync(file, DriftPolicy.Accept);
        Assert.Equal(40, (accepted.Stored + accepted.Quarantined).Rows);
        Assert.Contains("drift is accepted: later runs of scope DE12, no layout are compared with this one", accepted.Warnings);
        IngestReport next = await account.TakeAsync(s_renamed with { Month = 3 }, DriftPolicy.Stop);
        Assert.Equal(accepted.RunId, Assert.Single(next.Drift!.Runs));
    }

    [Fact]
    public async Task What_was_accepted_is_the_new_basis_of_statistics()
    {
        Account account = new();
        await account.TakeAsync(new MonthlyFile { Debits = 0 }, 1, 7);
        MonthlyFile large = new() { Debits = 0, Rows = 200 };
        Assert.NotEmpty((await account.TakeAsync(large with { Month = 8 }, DriftPolicy.Accept)).Drift!.Findings);
        await account.TakeAsync(large, 9, 16);
        Assert.NotEmpty((await account.TakeAsync(new MonthlyFile { Debits = 0, Month = 17 })).Drift!.Findings);
    }

    [Fact]
    public async Task A_file_like_those_before_is_stored_whole_after_it_was_read_first()
    {
        Account account = new();
        IngestReport first = await account.TakeAsync(new MonthlyFile(), DriftPolicy.Stop);
        Assert.Equal("drift: nothing was compared: there is no earlier run of scope DE12, no layout", first.Drift!.ToString());
        IngestReport second = await account.TakeAsync(new MonthlyFile { Month = 2 }, DriftPolicy.Stop);
        Assert.Equal((40, 40), (first.Stored.Rows, second.Stored.Rows));
        Assert.Equal("drift: none, compared with 1 earlier run of scope DE12, no layout, the last of statement-01.csv", second.Drift!.ToString());
        Assert.Empty(second.Warnings);
    }

    [Fact]
    public async Task Totals_that_are_stated_are_proved_as_well()
    {
        Account account = new();
        await account.TakeAsync(new MonthlyFile(), 1, 1);
        MonthlyFile file = new() { Month = 2 };
        BillingPipeline pipeline = account.Pipeline();
        IngestOptions options = new() { Scope = "DE12", Drift = DriftPolicy.Stop };
        IngestFailedException contradicted = await Assert.ThrowsAsync<IngestFailedException>(() => pipeline.IngestAsync(Once(file), options with { Expect = StatedTotals.Parse("rows=41") }, Cancellation));
        Assert.Equal(ProofOutcome.Contradicted, contradicted.Report.Proof.Outcome);
        IngestReport report = await pipeline.IngestAsync(Once(file), options with { Expect = StatedTotals.Parse("rows=40") }, Cancellation);
        Assert.Equal((ProofOutcome.Proved, 40), (report.Proof.Outcome, report.Stored.Rows));

        static IBillingSource Once(MonthlyFile file) => BillingSource.Stream(file.Name, new MemoryStream(Encoding.UTF8.GetBytes(file.Text())));
    }

    [Fact]
    public async Task A_run_that_was_taken_back_no_longer_counts()
    {
        Account account = new();
        await account.TakeAsync(new MonthlyFile(), 1, 1);
        IngestReport wrong = await account.TakeAsync(s_renamed with { Month = 2 });
        Assert.Equal($"the source differs from earlier ones (compared with 1 earlier run of scope DE12, no layout, the last of statement-01.csv). If it is wrong, take the run back: billing revert {wrong.RunId}. If it is right, run it again with --drift accept (DriftPolicy.Accept), and later runs are compared with it", wrong.Warnings[^1]);
        await account.Pipeline().RevertAsync(wrong.RunId, "wrong", Cancellation);
        await account.TakeAsync(new MonthlyFile(), 3, 3);
    }

    [Fact]
    public async Task The_same_file_many_times_is_one_file()
    {
        Account account = new();
        await account.TakeAsync(new MonthlyFile { Debits = 0 }, 1, 6);
        MonthlyFile bad = new() { Debits = 0, Month = 7, Rows = 300 };
        for (int i = 0; i < 8; i++)
        {
            Assert.NotEmpty((await account.TakeAsync(bad)).Drift!.Findings);
        }
    }

    [Fact]
    public async Task A_dry_run_shows_it_and_keeps_nothing()
    {
        Account account = new();
        await account.TakeAsync(new MonthlyFile(), 1, 1);
        for (int i = 0; i < 2; i++)
        {
            Assert.Equal(DriftKind.ColumnRenamed, Assert.Single((await account.TakeAsync(s_renamed with { Month = 2 }, isDryRun: true)).Drift!.Findings).Kind);
        }

        await Assert.ThrowsAsync<IngestFailedException>(() => account.TakeAsync(s_renamed with { Month = 2 }, DriftPolicy.Stop, isDryRun: true));
        await account.TakeAsync(new MonthlyFile(), 2, 2);
    }

    [Fact]
    public async Task A_source_in_memory_is_left_out_unless_the_caller_or_the_pipeline_asks_and_a_stream_is_not()
    {
        Account account = new();
        Assert.Null((await account.TakeAsync(new MonthlyFile(), policy: null)).Drift);
        Assert.Empty((await account.Ledger.GetDocumentsAsync(new DocumentQuery { Kind = "profiles" }, Cancellation)).Items);

        Ingest ingest = new();
        Assert.Null((await StreamAsync(ingest, new MonthlyFile(), null)).Drift);
        Assert.Single((await ingest.Ledger.GetDocumentsAsync(new DocumentQuery { Kind = "profiles" }, Cancellation)).Items);
        IngestReport second = await StreamAsync(ingest, s_renamed with { Month = 2 }, null);
        Assert.Equal((DriftPolicy.Warn, DriftKind.ColumnRenamed), (second.Drift!.Policy, Assert.Single(second.Drift.Findings).Kind));
        Assert.Null((await StreamAsync(ingest, new MonthlyFile { Month = 3 }, DriftPolicy.Ignore)).Drift);
        Assert.Equal(2, (await ingest.Ledger.GetDocumentsAsync(new DocumentQuery { Kind = "profiles" }, Cancellation)).Items.Count);

        BillingPipeline strict = ingest.Pipeline(billing => billing.UseDriftPolicy(DriftPolicy.Stop));
        await Assert.ThrowsAsync<IngestFailedException>(() => strict.IngestAsync(BillingSource.Text("statement-04.csv", new MonthlyFile { Month = 4 }.Text()), new IngestOptions { Scope = "DE12" }, Cancellation));
        Assert.Throws<BillingConfigurationException>(() => ingest.Pipeline(billing => billing.UseDriftPolicy(DriftPolicy.Accept)));
    }

    [Fact]
    public async Task Other_scopes_layouts_and_names_are_other_series()
    {
        Account account = new(scope: null);
        await account.TakeAsync(new MonthlyFile(), 1, 1);
        BillingPipeline pipeline = account.Pipeline();
        string text = (s_renamed with { Month = 2 }).Text();
        Assert.Equal("there is no earlier run of sources named like cards-#.csv, no layout", (await TakeAsync("cards-2024-02.csv".Replace("-2024", "", StringComparison.Ordinal), new IngestOptions())).Drift!.NotCompared);
        Assert.Equal("there is no earlier run of scope DE12, no layout", (await TakeAsync("statement-02.csv", new IngestOptions { Scope = "DE12" })).Drift!.NotCompared);
        Assert.Equal("there is no earlier run of sources named like statement-#.csv, layout bank.json", (await TakeAsync("statement-02.csv", new IngestOptions { Layout = new SourceLayout { Name = "layouts/bank.json" } })).Drift!.NotCompared);
        Assert.Null((await TakeAsync("Statement-June.csv", new IngestOptions())).Drift!.NotCompared);

        Task<IngestReport> TakeAsync(string name, IngestOptions options) => pipeline.IngestAsync(BillingSource.Text(name, text), options with { Drift = DriftPolicy.Warn }, Cancellation);
    }

    [Fact]
    public async Task A_source_that_cannot_be_read_ends_a_run_as_without_a_first_reading()
    {
        Account account = new();
        SourceFormatException unread = await Assert.ThrowsAsync<SourceFormatException>(() => account.TakeAsync(new MonthlyFile { Header = "a,b,c,d,e" }, DriftPolicy.Stop));
        Assert.Contains("statement-01.csv", unread.Message, StringComparison.Ordinal);
        Assert.Equal(RunStatus.Failed, Assert.Single((await account.Ledger.GetRunsAsync(new PageRequest(), Cancellation)).Items).Status);
    }

    [Fact]
    public async Task Objects_of_JSON_may_lack_members_that_the_layout_does_not_use()
    {
        Ingest ingest = new();
        IngestOptions options = new() { Scope = "A", Drift = DriftPolicy.Warn };
        await ingest.Text("""[{"date":"2025-06-01","amount":1,"currency":"USD","company":"A","colour":"x"}]""", "a.json", options);
        Assert.Empty((await ingest.Text("""[{"date":"2025-06-02","amount":1,"currency":"USD","company":"A","tag":"x"}]""", "b.json", options)).Drift!.Findings);
        DriftFinding finding = Assert.Single((await ingest.Text("""[{"date":"2025-06-03","amount":1,"currency":"USD","vendor":"A"}]""", "c.json", options)).Drift!.Findings);
        Assert.Equal((DriftKind.ColumnRenamed, "'vendor'"), (finding.Kind, finding.Now));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static Task<IngestReport> StreamAsync(Ingest ingest, MonthlyFile file, DriftPolicy? policy) => ingest.Pipeline(billing => billing.UseExchangeRates(FixedRates.Parse("EUR=1.1", "USD"))).IngestAsync(
        BillingSource.Stream(file.Name, new MemoryStream(Encoding.UTF8.GetBytes(file.Text()))), new IngestOptions { Scope = "DE12", Drift = policy }, Cancellation);
}
