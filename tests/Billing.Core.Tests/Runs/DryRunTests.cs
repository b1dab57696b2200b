using System.Diagnostics.Metrics;

namespace Billing.Core.Tests.Runs;

/// <summary>The whole report of a run that stores nothing.</summary>
public sealed class DryRunTests
{
    private const string May = "date,company,amount,currency\n2025-05-01,M,5,USD\n";

    private const string June = "date,company,amount,currency\n2025-06-01,A,10,USD\n2025-06-01,A,10,USD\n2025-06-02,B,oops,USD\n2025-06-03,C,30,USD\n";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_says_what_the_run_then_does_and_stores_nothing()
    {
        Ingest ingest = new();
        await ingest.Text("date,company,amount,currency\n2025-06-03,C,30,USD\n", "may.csv");
        await using BillingPipeline pipeline = ingest.Pipeline();
        await using BillingPipeline dry = pipeline.AsDryRun();

        IngestReport said = await dry.IngestAsync(BillingSource.Text("june.csv", June), Cancellation);

        Assert.True(said.IsDryRun);
        Assert.StartsWith("dry run: nothing is stored\njune.csv: completed, balanced\n", said.ToString(), StringComparison.Ordinal);
        Assert.Single(await ingest.Records());
        Assert.Empty(await ingest.Quarantine());
        Assert.Single((await ingest.Ledger.GetRunsAsync(new PageRequest(), Cancellation)).Items);

        IngestReport done = await pipeline.IngestAsync(BillingSource.Text("june.csv", June), Cancellation);
        Assert.False(done.IsDryRun);
        Assert.Equal((2, 1, 0, 1), (said.Stored.Rows, said.Duplicate.Rows, said.Conflict.Rows, said.Quarantined.Rows));
        Assert.Equal(
            (done.Read, done.Stored, done.Duplicate, done.Conflict, done.Quarantined, done.StoredInReportingCurrency, done.Sha256),
            (said.Read, said.Stored, said.Duplicate, said.Conflict, said.Quarantined, said.StoredInReportingCurrency, said.Sha256));
        Assert.Equal(done.Reasons, said.Reasons);
        Assert.Equal(done.DuplicatesFromOtherSources, said.DuplicatesFromOtherSources);
        Assert.Equal(done.Warnings, said.Warnings);
    }

    [Fact]
    public async Task It_remembers_what_the_sources_before_would_have_stored()
    {
        BillingPipeline pipeline = new Ingest(billing => billing.UseIdentity(RecordIdentity.Columns("company"))).Pipeline();
        BillingPipeline dry = pipeline.AsDryRun();
        IngestReport first = await dry.IngestAsync(BillingSource.Text("june.csv", "date,company,amount,currency\n2025-06-01,A,10,USD\n"), Cancellation);
        IngestReport second = await dry.IngestAsync(BillingSource.Text("july.csv", "date,company,amount,currency\n2025-06-01,A,10,USD\n2025-07-01,A,11,USD\n"), Cancellation);
        Assert.Equal((1, 0, 1, 1), (first.Stored.Rows, second.Stored.Rows, second.Duplicate.Rows, second.Conflict.Rows));
        Assert.Equal([new DuplicateOrigin("june.csv", 1)], second.DuplicatesFromOtherSources);

        IngestReport anew = await pipeline.AsDryRun().IngestAsync(BillingSource.Text("june.csv", "date,company,amount,currency\n2025-06-01,A,10,USD\n"), Cancellation);
        Assert.Equal(1, anew.Stored.Rows);
    }

    [Fact]
    public async Task A_ledger_that_cannot_be_read_or_has_no_tables_counts_as_empty()
    {
        WriteOnly ledger = new();
        IngestReport report = await Dry(ledger).IngestAsync(BillingSource.Text("june.csv", June), Cancellation);
        Assert.Equal((3, 1), (report.Stored.Rows, report.Quarantined.Rows));
        Assert.Equal(0, ledger.Calls);

        HookedSink missing = new() { OnRead = () => throw new StoreMissingException("There are no tables.") };
        report = await Dry(missing).IngestAsync(BillingSource.Text("june.csv", June), Cancellation);
        Assert.Equal((3, 1), (report.Stored.Rows, report.Quarantined.Rows));
    }

    [Fact]
    public async Task Tables_that_are_created_after_a_dry_run_are_seen_by_the_next()
    {
        bool isMissing = true;
        HookedSink ledger = new() { OnRead = () => { if (isMissing) { throw new StoreMissingException("There are no tables."); } } };
        BillingPipeline dry = Dry(ledger);
        Assert.Equal(3, (await dry.IngestAsync(BillingSource.Text("june.csv", June), Cancellation)).Stored.Rows);

        isMissing = false;
        await HookedSink.Pipeline("CAD=1", ledger).IngestAsync(BillingSource.Text("may.csv", May), Cancellation);
        IngestReport said = await dry.IngestAsync(BillingSource.Text("copy.csv", May), Cancellation);
        Assert.Equal([new DuplicateOrigin("may.csv", 1)], said.DuplicatesFromOtherSources);
    }

    [Fact]
    public async Task Its_keys_are_forgotten_with_it_although_the_pipeline_stays()
    {
        await using BillingPipeline pipeline = new Ingest().Pipeline();
        WeakReference keys = await KeysOfDryRunAsync(pipeline);

        // Off the stack of the run, which holds its ledger.
        await Task.Yield();
        for (int i = 0; i < 10 && keys.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(keys.IsAlive);
    }

    [Fact]
    public async Task A_replay_of_several_runs_says_what_it_then_does()
    {
        // One record, written in four ways: the quarantine keeps each. Whole ingestions would store it once, also from two deliveries of one name.
        Ingest ingest = new();
        await ingest.Text(May, "may.csv");
        await ingest.Text("date,company,amount,currency\n2025-06-01,A,10,CAD\n", "a.csv");
        await ingest.Text("date,company,amount,currency\n2025-06-02,B,20,USD\n\"2025-06-01\",A,10,CAD\n", "a.csv");
        await ingest.Text("date,company,amount,currency\n2025-06-03,C,30,USD\n2025-06-01,\"A\",10,CAD\n", "b.csv");
        await ingest.Text(May + "2025-06-01,A,\"10\",CAD\n", "c.csv");
        BillingPipeline pipeline = ingest.Pipeline(billing => billing.UseExchangeRates(FixedRates.Parse("CAD=0.75")));
        IReadOnlyList<IngestReport> said = await pipeline.AsDryRun().ReplayAsync(new QuarantineQuery(), new IngestOptions(), Cancellation);
        IReadOnlyList<IngestReport> done = await pipeline.ReplayAsync(new QuarantineQuery(), new IngestOptions(), Cancellation);
        Assert.Equal([("a.csv", 1, 0, 0), ("a.csv", 0, 1, 0), ("b.csv", 0, 1, 0), ("c.csv", 0, 0, 1)], done.Select(Rows));
        Assert.Equal(done.Select(Rows), said.Select(Rows));
        Assert.Equal(done.SelectMany(report => report.Warnings), said.SelectMany(report => report.Warnings));
    }

    [Fact]
    public async Task A_replay_knows_the_rows_of_the_ledger_and_of_the_dry_run_before_it()
    {
        // The second row is the first one written otherwise: one record, twice.
        const string text = "date,company,amount,currency\n2025-06-01,A,10,USD\n2025/06/01,A,10,USD\n";
        IngestOptions mended = new() { Layout = new SourceLayout { DateFormats = ["yyyy-MM-dd", "yyyy/MM/dd"] } };
        Ingest ingest = new();
        await ingest.Text(text);
        await using BillingPipeline pipeline = ingest.Pipeline();
        Assert.Equal([("june.csv", 1, 0, 0)], (await pipeline.AsDryRun().ReplayAsync(new QuarantineQuery(), mended, Cancellation)).Select(Rows));

        BillingPipeline dry = pipeline.AsDryRun();
        Assert.Equal(("june.csv", 1, 1, 0), Rows(await dry.IngestAsync(BillingSource.Text("june.csv", text), mended, Cancellation)));
        Assert.Equal([("june.csv", 0, 1, 0)], (await dry.ReplayAsync(new QuarantineQuery(), mended, Cancellation)).Select(Rows));
    }

    [Fact]
    public async Task It_does_not_log_that_it_closed_what_stays_open()
    {
        Ingest ingest = new();
        await ingest.Text("date,company,amount,currency\n2025-06-01,A,10,CAD\n");
        EventLog log = new();
        BillingPipeline pipeline = ingest.Pipeline(log, billing => billing.UseExchangeRates(FixedRates.Parse("CAD=0.75")));
        await pipeline.AsDryRun().ReplayAsync(new QuarantineQuery(), new IngestOptions(), Cancellation);
        Assert.DoesNotContain("QuarantineClosed", log.Names);
        await pipeline.ReplayAsync(new QuarantineQuery(), new IngestOptions(), Cancellation);
        Assert.Contains("QuarantineClosed", log.Names);
    }

    [Fact]
    public async Task A_replay_is_tried_as_well_and_followers_get_nothing()
    {
        Ingest ingest = new();
        await ingest.Text("date,company,amount,currency\n2025-06-01,A,10,CAD\n");
        MemorySink follower = new();
        BillingPipeline dry = ingest.Pipeline(billing => billing.AddSink(follower).UseExchangeRates(FixedRates.Parse("CAD=0.75"))).AsDryRun();
        IngestReport said = Assert.Single(await dry.ReplayAsync(new QuarantineQuery(), new IngestOptions(), Cancellation));
        Assert.Equal((1, true), (said.Stored.Rows, said.IsDryRun));
        Assert.True(Assert.Single(await ingest.Quarantine()).IsOpen);
        await dry.DismissQuarantineAsync([.. (await ingest.Quarantine()).Select(row => row.Key)], "no record", Cancellation);
        Assert.True(Assert.Single(await ingest.Quarantine()).IsOpen);
        Assert.Empty(await ingest.Records());
        Assert.Empty((await follower.GetRunsAsync(new PageRequest(), Cancellation)).Items);
    }

    [Fact]
    public async Task What_the_ledger_demands_of_a_run_it_demands_too()
    {
        Ingest ingest = new();
        await ingest.Text(June);
        await Assert.ThrowsAsync<BillingConfigurationException>(() => ingest.Pipeline(billing => billing.UseReportingCurrency("EUR")).AsDryRun().IngestAsync(BillingSource.Text("june.csv", June), Cancellation));
    }

    [Fact]
    public async Task It_is_not_counted_among_what_became_of_rows()
    {
        long rows = 0;
        using MeterListener listener = new();
        listener.InstrumentPublished = (instrument, meters) => { if (instrument.Name == BillingTelemetry.RowsMetric) { meters.EnableMeasurementEvents(instrument); } };
        Lock counting = new();
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => { lock (counting) { rows += value == 987 ? value : 0; } });
        listener.Start();
        string text = "date,amount,currency\n" + string.Concat(Enumerable.Range(0, 987).Select(i => $"2025-06-01,{i + 1},USD\n"));
        BillingPipeline pipeline = new Ingest().Pipeline();
        await pipeline.AsDryRun().IngestAsync(BillingSource.Text("june.csv", text), Cancellation);
        Assert.Equal(0, rows);
        await pipeline.IngestAsync(BillingSource.Text("june.csv", text), Cancellation);
        Assert.Equal(987, rows);
    }

    private static (string Source, long Stored, long Duplicate, long Quarantined) Rows(IngestReport report) =>
        (report.Source, report.Stored.Rows, report.Duplicate.Rows, report.Quarantined.Rows);

    private static async Task<WeakReference> KeysOfDryRunAsync(BillingPipeline pipeline)
    {
        BillingPipeline dry = pipeline.AsDryRun();
        Assert.Equal(1, (await dry.IngestAsync(BillingSource.Text("may.csv", May), Cancellation)).Stored.Rows);
        return new WeakReference(dry.Ledger);
    }

    private static BillingPipeline Dry(IBillingSink ledger) => HookedSink.Pipeline("CAD=1", ledger).AsDryRun();

    private sealed class WriteOnly : IBillingSink
    {
        public int Calls { get; private set; }

        public string Name => "write-only";

        public ValueTask<IReadOnlyList<WriteOutcome>> WriteAsync(IReadOnlyList<BillingRecord> records, CancellationToken cancellationToken)
        {
            Calls++;
            return ValueTask.FromResult<IReadOnlyList<WriteOutcome>>([.. records.Select(_ => WriteOutcome.Stored)]);
        }

        public ValueTask WriteQuarantineAsync(IReadOnlyList<QuarantinedRecord> records, CancellationToken cancellationToken)
        {
            Calls++;
            return ValueTask.CompletedTask;
        }

        public ValueTask WriteRunAsync(IngestReport run, CancellationToken cancellationToken)
        {
            Calls++;
            return ValueTask.CompletedTask;
        }
    }
}
