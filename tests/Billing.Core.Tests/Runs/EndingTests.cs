using System.Diagnostics;

namespace Billing.Core.Tests.Runs;

/// <summary>Runs that cannot begin, and runs that end early.</summary>
public sealed class EndingTests
{
    private const string Text = "date,amount,currency\n2025-06-01,10,USD\n2025-06-02,20,USD\n2025-06-03,30,USD\n";

    [Fact]
    public async Task A_follower_that_is_down_when_a_run_begins_fails_the_run_and_nothing_is_left_running()
    {
        List<Activity> stopped = [];
        using ActivityListener listener = new()
        {
            ShouldListenTo = source => source.Name == BillingTelemetry.ActivitySourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity => { lock (stopped) { stopped.Add(activity); } },
        };
        ActivitySource.AddActivityListener(listener);
        MemorySink ledger = new();
        HookedSink follower = new() { OnRun = _ => throw new InvalidOperationException("The server is down.") };

        IngestFailedException e = await Assert.ThrowsAsync<IngestFailedException>(() => HookedSink.Pipeline("CAD=1", ledger, follower).IngestAsync(BillingSource.Text("june.csv", Text), Cancellation));

        Assert.Equal("The run of june.csv could not begin: The server is down. Nothing of it is stored; running it again is safe.", e.Message);
        Assert.IsType<InvalidOperationException>(e.InnerException);
        IngestReport run = Assert.Single((await ledger.GetRunsAsync(new PageRequest(), Cancellation)).Items);
        Assert.Equal((RunStatus.Failed, "The server is down.", true), (run.Status, run.Error, run.EndedEarly));
        Activity[] seen;
        lock (stopped)
        {
            seen = [.. stopped];
        }

        Assert.Single(seen, activity => Equals(activity.GetTagItem(BillingTelemetry.RunIdTag), run.RunId));
    }

    [Fact]
    public async Task A_replay_that_cannot_begin_fails_likewise()
    {
        HookedSink ledger = new() { OnRun = run => { if (run.StartedAt.Year > 1 && run.Source == "down.csv") { throw new InvalidOperationException("The server is down."); } } };
        await ledger.Inner.WriteQuarantineAsync([Some.Quarantined(source: "down.csv")], Cancellation);
        IngestFailedException e = await Assert.ThrowsAsync<IngestFailedException>(() => HookedSink.Pipeline("CAD=1", ledger).ReplayAsync(new QuarantineQuery(), new IngestOptions(), Cancellation));
        Assert.StartsWith("The run of down.csv could not begin: ", e.Message, StringComparison.Ordinal);
        Assert.Empty((await ledger.GetRunsAsync(new PageRequest(), Cancellation)).Items);
    }

    [Fact]
    public async Task Another_reporting_currency_leaves_no_run_in_the_ledger()
    {
        Ingest ingest = new();
        await ingest.Text(Text);
        await Assert.ThrowsAsync<BillingConfigurationException>(() => ingest.Pipeline(billing => billing.UseReportingCurrency("EUR")).IngestAsync(BillingSource.Text("july.csv", Text), Cancellation));
        Assert.Single((await ingest.Ledger.GetRunsAsync(new PageRequest(), Cancellation)).Items);
    }

    [Fact]
    public async Task A_call_of_a_sink_that_ran_out_of_time_is_no_cancellation()
    {
        HookedSink ledger = new() { AfterWrite = () => throw new TaskCanceledException("The request timed out.") };
        IngestFailedException e = await Assert.ThrowsAsync<IngestFailedException>(() => HookedSink.Pipeline("CAD=1", ledger).IngestAsync(BillingSource.Text("june.csv", Text), Cancellation));
        Assert.Contains("ended early: The request timed out.", e.Message, StringComparison.Ordinal);
        Assert.Equal("The request timed out.", Assert.Single((await ledger.GetRunsAsync(new PageRequest(), Cancellation)).Items).Error);
    }

    [Fact]
    public async Task A_cancelled_run_says_all_that_is_stored()
    {
        using CancellationTokenSource source = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        int writes = 0;
        HookedSink ledger = new() { AfterWrite = () => { if (++writes == 2) { source.Cancel(); } } };

        IngestCanceledException e = await Assert.ThrowsAsync<IngestCanceledException>(() => HookedSink.Pipeline("CAD=1", ledger).IngestAsync(BillingSource.Text("june.csv", Text), source.Token));

        long stored = (await ledger.QueryAsync(new RecordQuery(), Cancellation)).Items.Count;
        Assert.Equal(stored, e.Report.Stored.Rows);
        Assert.True(stored >= 2, $"Only {stored} rows are stored.");
        Assert.Equal(source.Token, e.CancellationToken);
        IngestReport kept = Assert.Single((await ledger.GetRunsAsync(new PageRequest(), Cancellation)).Items);
        Assert.Equal((RunStatus.Failed, "Cancelled.", stored), (kept.Status, kept.Error, kept.Stored.Rows));
    }

    [Fact]
    public async Task A_run_that_ends_early_says_what_it_read_and_did_not_store_and_not_that_it_does_not_balance()
    {
        FailingSink ledger = new() { FailOnWrite = 2 };
        IngestFailedException e = await Assert.ThrowsAsync<IngestFailedException>(() => FailingSink.Pipeline(ledger).IngestAsync(BillingSource.Text("june.csv", Text), Cancellation));
        Assert.Equal((1, true), (e.Report.Stored.Rows, e.Report.EndedEarly));
        Assert.Equal(e.Report.Read.Rows - 1, e.Report.NotStored.Rows);
        string text = e.Report.ToString();
        Assert.StartsWith("june.csv: failed, ended early\n", text, StringComparison.Ordinal);
        Assert.Matches("\n  not stored +1 +20\n", text);
        Assert.DoesNotContain("BALANCED", text, StringComparison.Ordinal);
        Assert.EndsWith("error: The disk is gone.", text, StringComparison.Ordinal);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;
}
