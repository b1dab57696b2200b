using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Billing.Core.Tests.Runs;

/// <summary>The report of a run without catching anything: of every run, however it ends.</summary>
public sealed class RunEndedTests
{
    private const string June = "date,amount,currency\n2025-06-01,10,USD\n2025-06-02,20,USD\n2025-06-03,30,USD\n";

    private readonly List<IngestReport> _told = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_that_completes_is_told_to_the_pipelines_listeners_and_to_the_call()
    {
        IngestReport? own = null;
        IngestReport report = await Pipeline(new HookedSink()).IngestAsync(BillingSource.Text("june.csv", June), new IngestOptions { RunEnded = ended => own = ended }, Cancellation);
        Assert.Equal(report, Assert.Single(_told));
        Assert.Equal(report, own);
        Assert.Equal(RunStatus.Completed, report.Status);
    }

    [Fact]
    public async Task A_run_that_fails_is_told_with_what_was_stored()
    {
        FailingSink ledger = new() { FailOnWrite = 2 };
        IngestFailedException failed = await Assert.ThrowsAsync<IngestFailedException>(() => Pipeline(ledger).IngestAsync(BillingSource.Text("june.csv", June), Cancellation));
        IngestReport told = Assert.Single(_told);
        Assert.Equal(failed.Report, told);
        Assert.Equal((RunStatus.Failed, 1, true), (told.Status, told.Stored.Rows, told.EndedEarly));
    }

    [Fact]
    public async Task A_run_that_is_cancelled_is_told_with_what_was_stored()
    {
        using CancellationTokenSource source = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        int writes = 0;
        HookedSink ledger = new() { AfterWrite = () => { if (++writes == 2) { source.Cancel(); } } };
        IngestCanceledException cancelled = await Assert.ThrowsAsync<IngestCanceledException>(() => Pipeline(ledger).IngestAsync(BillingSource.Text("june.csv", June), source.Token));
        IngestReport told = Assert.Single(_told);
        Assert.Equal(cancelled.Report, told);
        Assert.Equal((RunStatus.Failed, "Cancelled."), (told.Status, told.Error));
        Assert.True(told.Stored.Rows >= 2);
    }

    [Fact]
    public async Task Of_a_replay_that_breaks_off_the_runs_before_are_told()
    {
        HookedSink ledger = new() { OnRun = run => { if (run.Source == "down.csv") { throw new InvalidOperationException("The server is down."); } } };
        await ledger.Inner.WriteQuarantineAsync([Some.Quarantined("q1", source: "a.csv"), Some.Quarantined("q2", source: "down.csv")], Cancellation);
        IngestFailedException failed = await Assert.ThrowsAsync<IngestFailedException>(() => Pipeline(ledger).ReplayAsync(new QuarantineQuery(), new IngestOptions { Layout = new SourceLayout { Date = "id" } }, Cancellation));
        Assert.Equal(["a.csv", "down.csv"], _told.Select(report => report.Source));
        Assert.Equal([RunStatus.Completed, RunStatus.Failed], _told.Select(report => report.Status));
        Assert.Equal(failed.Report, _told[1]);
    }

    [Fact]
    public async Task What_a_listener_throws_is_logged_and_changes_nothing()
    {
        EventLog log = new();
        using ServiceProvider services = new ServiceCollection()
            .AddSingleton<ILogger<BillingPipeline>>(log)
            .AddBilling(billing => billing.AddSink(new MemorySink()).AddRunListener(_ => throw new InvalidOperationException("The page is gone.")).AddRunListener(_told.Add))
            .BuildServiceProvider();
        IngestReport report = await services.GetRequiredService<BillingPipeline>().IngestAsync(BillingSource.Text("june.csv", June), Cancellation);
        Assert.Equal(RunStatus.Completed, report.Status);
        Assert.Single(_told);
        Assert.Contains(LogLevel.Error, log.Levels);
    }

    [Fact]
    public async Task A_run_that_has_completed_stays_so_and_is_told_once_whatever_then_fails()
    {
        HookedSink ledger = new();
        Told progress = new(now => { if (now.Report.Status == RunStatus.Completed) { throw new InvalidOperationException("The page is gone."); } });
        InvalidOperationException failed = await Assert.ThrowsAsync<InvalidOperationException>(() => Pipeline(ledger).IngestAsync(BillingSource.Text("june.csv", June), new IngestOptions { Progress = progress }, Cancellation));
        Assert.Equal("The page is gone.", failed.Message);
        Assert.Equal(RunStatus.Completed, Assert.Single(_told).Status);
        Assert.Equal(RunStatus.Completed, (await ledger.FindRunAsync(_told[0].RunId, Cancellation))!.Status);
    }

    [Fact]
    public async Task A_replay_that_has_completed_stays_so_and_is_told_once_whatever_then_fails()
    {
        Ingest ingest = new();
        await ingest.Text("date,amount,currency\n2025-06-01,10,CAD\n");
        EventLog log = new() { OnEvent = name => { if (name == "RunCompleted") { throw new InvalidOperationException("The log is full."); } } };
        BillingPipeline pipeline = ingest.Pipeline(log, billing => billing.UseExchangeRates(FixedRates.Parse("CAD=1")).AddRunListener(_told.Add));
        await Assert.ThrowsAsync<InvalidOperationException>(() => pipeline.ReplayAsync(new QuarantineQuery(), new IngestOptions(), Cancellation));
        Assert.Equal(RunStatus.Completed, Assert.Single(_told).Status);
        Assert.Equal(RunStatus.Completed, (await ingest.Ledger.FindRunAsync(_told[0].RunId, Cancellation))!.Status);
    }

    [Fact]
    public async Task The_failure_of_another_run_ends_this_one_which_is_told_as_its_own()
    {
        IngestReport other = Some.Report("other");
        IngestOptions options = new() { RowDone = _ => throw new IngestFailedException("The other run failed.", other) };
        IngestFailedException failed = await Assert.ThrowsAsync<IngestFailedException>(() => Pipeline(new HookedSink()).IngestAsync(BillingSource.Text("june.csv", June), options, Cancellation));
        Assert.Equal("june.csv", failed.Report.Source);
        Assert.Equal(failed.Report, Assert.Single(_told));
        Assert.Equal(RunStatus.Failed, failed.Report.Status);
        Assert.Equal("The other run failed.", failed.InnerException?.Message);

        HookedSink ledger = new() { AfterWrite = () => throw new IngestFailedException("The other run failed.", other) };
        await HookedSink.Pipeline("MXN=1", ledger.Inner).IngestAsync(BillingSource.Text("a.csv", "date,amount,currency\n2025-06-01,10,CAD\n"), Cancellation);
        failed = await Assert.ThrowsAsync<IngestFailedException>(() => Pipeline(ledger).ReplayAsync(new QuarantineQuery(), new IngestOptions(), Cancellation));
        Assert.Equal("a.csv", failed.Report.Source);
        Assert.Equal(failed.Report, _told[1]);
    }

    [Fact]
    public async Task A_run_that_a_store_refuses_to_begin_is_told_as_failed()
    {
        HookedSink ledger = new() { OnRun = _ => throw new InvalidOperationException("The server is down.") };
        await Assert.ThrowsAsync<IngestFailedException>(() => Pipeline(ledger).IngestAsync(BillingSource.Text("june.csv", June), Cancellation));
        Assert.Equal((RunStatus.Failed, 0), (Assert.Single(_told).Status, _told[0].Read.Rows));
    }

    [Fact]
    public async Task A_call_that_fails_before_a_run_begins_tells_nothing()
    {
        await Assert.ThrowsAsync<DirectoryNotFoundException>(() => Pipeline(new HookedSink()).IngestAsync(BillingSource.File("/nowhere/june.csv"), Cancellation));
        Assert.Empty(_told);
    }

    private BillingPipeline Pipeline(IBillingSink ledger) => new ServiceCollection()
        .AddBilling(billing => billing.AddSink(ledger).UseBatchSize(1).UseExchangeRates(FixedRates.Parse("CAD=1")).AddRunListener(_told.Add))
        .BuildServiceProvider()
        .GetRequiredService<BillingPipeline>();

    private sealed class Told(Action<IngestProgress> action) : IProgress<IngestProgress>
    {
        public void Report(IngestProgress value) => action(value);
    }
}
