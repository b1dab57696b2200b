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
        Levels levels = new();
        using ServiceProvider services = new ServiceCollection()
            .AddSingleton<ILogger<BillingPipeline>>(levels)
            .AddBilling(billing => billing.AddSink(new MemorySink()).AddRunListener(_ => throw new InvalidOperationException("The page is gone.")).AddRunListener(_told.Add))
            .BuildServiceProvider();
        IngestReport report = await services.GetRequiredService<BillingPipeline>().IngestAsync(BillingSource.Text("june.csv", June), Cancellation);
        Assert.Equal(RunStatus.Completed, report.Status);
        Assert.Single(_told);
        Assert.Contains(LogLevel.Error, levels.Seen);
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

    private sealed class Levels : ILogger<BillingPipeline>
    {
        public List<LogLevel> Seen { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (Seen)
            {
                Seen.Add(logLevel);
            }
        }
    }
}
