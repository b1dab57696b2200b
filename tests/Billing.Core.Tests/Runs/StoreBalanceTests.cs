namespace Billing.Core.Tests.Runs;

/// <summary>A run is compared with what its sinks hold of it.</summary>
public sealed class StoreBalanceTests
{
    private const string Text = "date,amount,currency\n2025-06-01,10,USD\n2025-06-02,20,CAD\n2025-06-03,30,USD\n";

    [Fact]
    public async Task A_ledger_that_loses_a_row_which_it_called_stored_fails_the_run()
    {
        HookedSink ledger = new() { Loses = record => record.Amount.Amount == 20 };
        IngestFailedException e = await Assert.ThrowsAsync<IngestFailedException>(() => Run(ledger));
        Assert.Contains("does not balance with what hooked holds: it reported that it stored 3 rows, 20 CAD, 40 USD; 3 rows, 55.00 USD, but it has 2 rows, 40 USD; 2 rows, 40 USD".Replace("55.00", "55", StringComparison.Ordinal), e.Message, StringComparison.Ordinal);
        Assert.False(e.Report.IsBalanced);
        Assert.Equal((3, 2, 1), (e.Report.Read.Rows, e.Report.Stored.Rows, e.Report.NotStored.Rows));
        Assert.Contains("NOT BALANCED", e.Report.ToString(), StringComparison.Ordinal);
        IngestReport kept = Assert.Single((await ledger.GetRunsAsync(new PageRequest(), Cancellation)).Items);
        Assert.Equal((RunStatus.Failed, e.Message), (kept.Status, kept.Error));
    }

    [Fact]
    public async Task A_follower_that_loses_a_row_fails_the_run_and_the_ledger_balances()
    {
        MemorySink ledger = new();
        IngestFailedException e = await Assert.ThrowsAsync<IngestFailedException>(() => Run(ledger, new HookedSink { Name = "copy", Loses = record => record.Amount.Amount == 20 }));
        Assert.Contains("does not balance with what copy holds", e.Message, StringComparison.Ordinal);
        Assert.Equal((RunStatus.Failed, true), (e.Report.Status, e.Report.IsBalanced));
    }

    [Fact]
    public async Task A_sink_that_cannot_tell_is_taken_at_its_word()
    {
        FailingSink ledger = new();
        Assert.Equal(RunStatus.Completed, (await FailingSink.Pipeline(ledger).IngestAsync(BillingSource.Text("june.csv", "date,amount,currency\n2025-06-01,10,USD\n"), Cancellation)).Status);
    }

    [Fact]
    public async Task A_replay_is_compared_too()
    {
        HookedSink ledger = new() { Loses = record => record.Amount.Currency.Code == "MXN" };
        const string text = "date,amount,currency\n2025-06-01,10,MXN\n";
        await HookedSink.Pipeline("CAD=0.75", ledger).IngestAsync(BillingSource.Text("june.csv", text), Cancellation);
        IngestFailedException e = await Assert.ThrowsAsync<IngestFailedException>(() => HookedSink.Pipeline("MXN=0.05", ledger).ReplayAsync(new QuarantineQuery(), new IngestOptions(), Cancellation));
        Assert.Contains("it reported that it stored 1 rows", e.Message, StringComparison.Ordinal);

        // It is nowhere else.
        Assert.Single((await ledger.GetQuarantineAsync(new QuarantineQuery(), Cancellation)).Items);
    }

    [Fact]
    public async Task A_correction_that_the_ledger_loses_leaves_its_row_open()
    {
        HookedSink ledger = new() { Loses = record => record.Amount.Currency.Code == "MXN" };
        const string text = "date,amount,currency\n2025-06-01,10,MXN\n";
        await HookedSink.Pipeline("CAD=0.75", ledger).IngestAsync(BillingSource.Text("june.csv", text), Cancellation);
        await Assert.ThrowsAsync<IngestFailedException>(() => HookedSink.Pipeline("MXN=0.05", ledger).IngestAsync(BillingSource.Text("june.csv", text), Cancellation));
        Assert.Single((await ledger.GetQuarantineAsync(new QuarantineQuery(), Cancellation)).Items);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static Task<IngestReport> Run(params IBillingSink[] sinks) => HookedSink.Pipeline("CAD=0.75", sinks).IngestAsync(BillingSource.Text("june.csv", Text), Cancellation);
}
