using FsCheck;
using FsCheck.Fluent;

namespace Billing.Core.Tests.Runs;

/// <summary>A source that a run took whole is told by its bytes: its rows are not read again, and the report is what reading them would give.</summary>
public sealed class KnownSourceTests
{
    private const string Text = "date,company,amount,currency\n2025-06-01,Acme,10.00,USD\n2025-06-01,Acme,10.00,USD\n2025-06-02,Boulangerie,20.50,CAD\n";

    private static readonly string[] s_rows =
    [
        "2025-06-01,Acme,10.00,USD", "2025-06-01,Acme,10.00,USD", "2025-06-02,Acme,-3,USD", "2025-06-02,Acme,1.25,CAD", "2025-06-03,\"Ac,me\",7,USD", "2025-06-03,Acme,7,ABC", "2025-06-04,,1,USD",
    ];

    private readonly Ingest _ingest = new(billing => billing.UseExchangeRates(FixedRates.Parse("CAD=0.75")));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rows_that_a_run_took_are_duplicates_without_being_read()
    {
        IngestReport first = await Take(Source());
        CountedSource again = Source();
        IngestReport second = await Take(again);

        Assert.Equal((first.RunId, RunStatus.Completed, true), (second.KnownFrom, second.Status, second.IsBalanced));
        Assert.Equal((first.Read, first.Read, 0), (second.Read, second.Duplicate, second.Stored.Rows));
        Assert.Equal((first.Sha256, first.Bytes), (second.Sha256, second.Bytes));
        Assert.Equal(("20", "20.5"), (second.Duplicate["USD"].ToString(), second.Duplicate["CAD"].ToString()));
        Assert.False(again.IsRead);
        Assert.True(again.IsHashed);
        Assert.Equal(3, (await _ingest.Records()).Count);
    }

    [Fact]
    public async Task The_run_is_kept_like_any_other_and_says_by_which_run_it_was_known()
    {
        IngestReport first = await Take(Source());
        List<IngestReport> told = [];
        List<IngestReport> progress = [];
        IngestReport second = await Take(Source(), new IngestOptions { RunEnded = told.Add, Progress = new Told(progress) });

        Assert.Equal(second, Assert.Single(told));
        Assert.Equal(second, Assert.Single(progress));
        IngestReport? kept = await _ingest.Ledger.FindRunAsync(second.RunId, Cancellation);
        Assert.Equal((first.RunId, 3, second.StartedAt), (kept!.KnownFrom, kept.Duplicate.Rows, kept.StartedAt));
        Assert.Equal(first.Settings!.Layout, kept.Settings!.Layout);
        Assert.Contains($"known: run {first.RunId} took the same bytes; the rows were not read again", kept.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("known:", first.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task However_often_it_comes_it_is_known_from_the_run_that_read_it()
    {
        IngestReport first = await Take(Source());
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(first.RunId, (await Take(Source())).KnownFrom);
        }
    }

    [Fact]
    public async Task A_source_that_is_read_all_the_same_is_known_from_that_run_on()
    {
        await Take(Source());
        CountedSource again = Source();
        IngestReport second = await Take(again, new IngestOptions { Reread = true });
        Assert.Equal((null, 3, true), (second.KnownFrom, second.Duplicate.Rows, again.IsRead));
        Assert.Equal(second.RunId, (await Take(Source())).KnownFrom);
    }

    [Fact]
    public void The_report_is_what_reading_the_rows_would_give()
    {
        Prop.ForAll(Gen.Elements(s_rows).ArrayOf().ToArbitrary(), Gen.Elements("content", "position", "columns+occurrence:date,company").ToArbitrary(), (rows, identity) =>
        {
            Ingest ingest = new(billing => billing.UseExchangeRates(FixedRates.Parse("CAD=0.75")));
            IngestOptions options = new() { Identity = RecordIdentity.Parse(identity) };
            string text = "date,company,amount,currency\n" + string.Join('\n', rows);
            Run(ingest, "may.csv", "date,company,amount,currency\n" + string.Join('\n', rows.Take(2)), options);
            Run(ingest, "june.csv", text, options);
            IngestReport known = Run(ingest, "june.csv", text, options);
            IngestReport read = Run(ingest, "june.csv", text, options with { Reread = true });

            Assert.Equal(read.Quarantined.Rows == 0 && read.Conflict.Rows == 0, known.KnownFrom is not null);
            Assert.Equal((read.Read, read.Stored, read.Duplicate), (known.Read, known.Stored, known.Duplicate));
            Assert.Equal((read.Quarantined, read.Conflict, read.Sha256, read.Bytes), (known.Quarantined, known.Conflict, known.Sha256, known.Bytes));
            Assert.Equal((read.StoredInReportingCurrency, read.ReportingCurrency, read.Scope, read.Source), (known.StoredInReportingCurrency, known.ReportingCurrency, known.Scope, known.Source));
            Assert.Equal(read.Reasons, known.Reasons);
            Assert.Equal(read.Warnings, known.Warnings);
            Assert.Equal(read.DuplicatesFromOtherSources, known.DuplicatesFromOtherSources);
            Assert.True(known.IsBalanced);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public async Task A_new_file_is_not_read_twice()
    {
        await Take(Source());
        CountedSource other = new("june.csv", Text + "2025-06-03,Acme,1,USD\n");
        await Take(other);
        Assert.Single(other.BytesRead);
    }

    [Fact]
    public async Task A_dry_run_says_what_a_run_would_do_and_is_not_remembered()
    {
        await using BillingPipeline dry = _ingest.Pipeline().AsDryRun();
        Assert.Null((await dry.IngestAsync(Source(), Cancellation)).KnownFrom);
        Assert.Null((await dry.IngestAsync(Source(), Cancellation)).KnownFrom);
        IngestReport first = await Take(Source());
        Assert.Null(first.KnownFrom);

        IngestReport said = await dry.IngestAsync(Source(), Cancellation);
        Assert.Equal((first.RunId, 3, true), (said.KnownFrom, said.Duplicate.Rows, said.IsDryRun));
        Assert.Null((await dry.IngestAsync(Source(), new IngestOptions { Reread = true }, Cancellation)).KnownFrom);
        Assert.Single((await _ingest.Ledger.GetRunsAsync(new PageRequest(), Cancellation)).Items);
    }

    [Fact]
    public async Task A_source_that_breaks_off_while_it_is_hashed_ends_the_run_and_changes_nothing()
    {
        await Take(Source());
        CountedSource broken = new("june.csv", Text) { OnRead = opening => _ = opening == 2 ? throw new IOException("The disk is gone.") : 0 };
        IngestFailedException e = await Assert.ThrowsAsync<IngestFailedException>(() => Take(broken));
        Assert.Equal((RunStatus.Failed, 0, null), (e.Report.Status, e.Report.Read.Rows, e.Report.KnownFrom));
        Assert.NotNull((await Take(Source())).KnownFrom);
    }

    [Fact]
    public async Task A_source_that_cannot_be_opened_twice_is_read()
    {
        IBillingSource[] sources = [BillingSource.Text("june.csv", Text), BillingSource.Stream("june.csv", new MemoryStream(System.Text.Encoding.UTF8.GetBytes(Text))), new CountedSource("june.csv", Text) { CanReopen = false }];
        await Take(Source());
        foreach (IBillingSource source in sources)
        {
            IngestReport report = await Take(source);
            Assert.Equal((null, 3), (report.KnownFrom, report.Duplicate.Rows));
        }
    }

    [Fact]
    public async Task A_file_is_known_and_one_without_a_length_is_not()
    {
        using TemporaryFile file = new("june.csv", Text);
        await Take(BillingSource.File(file.Path));
        Assert.NotNull((await Take(BillingSource.File(file.Path))).KnownFrom);

        // A pipe has no length either, and what is read from it is gone.
        using TemporaryFile empty = new("empty.csv", "");
        Assert.False(BillingSource.File(empty.Path).CanReopen);
    }

    private static CountedSource Source() => new("june.csv", Text);

    private static IngestReport Run(Ingest ingest, string name, string text, IngestOptions options) =>
        ingest.Pipeline().IngestAsync(new CountedSource(name, text), options, Cancellation).GetAwaiter().GetResult();

    private Task<IngestReport> Take(IBillingSource source, IngestOptions? options = null) => _ingest.Pipeline().IngestAsync(source, options ?? new IngestOptions(), Cancellation);

    private sealed class Told(List<IngestReport> reports) : IProgress<IngestProgress>
    {
        public void Report(IngestProgress value) => reports.Add(value.Report);
    }
}
