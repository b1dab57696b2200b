using Microsoft.Extensions.DependencyInjection;

namespace Billing.Core.Tests.Runs;

/// <summary>The report of a running run is recorded as it goes on, but not after every batch: that is a commit of its own.</summary>
public sealed class RunProgressTests
{
    private const string June = "date,amount,currency\n2025-06-01,10,USD\n2025-06-02,20,USD\n2025-06-03,30,USD\n2025-06-04,40,USD\n2025-06-05,50,USD\n2025-06-06,60,USD\n2025-06-07,70,USD\n";

    // The beginning, what was recorded on the way, and the end. The last batch is recorded with the end.
    [Theory]
    [InlineData(0, new long[] { 0, 7 })]
    [InlineData(100, new long[] { 0, 3, 6, 7 })]
    [InlineData(249, new long[] { 0, 2, 4, 6, 7 })]
    [InlineData(250, new long[] { 0, 1, 2, 3, 4, 5, 6, 7 })]
    public async Task A_report_is_recorded_four_times_a_second_at_most(int millisecondsPerBatch, long[] recorded)
    {
        SteppedTime time = new();
        List<long> stored = [];
        HookedSink ledger = new() { OnRun = run => stored.Add(run.Stored.Rows), AfterWrite = () => time.Elapsed += TimeSpan.FromMilliseconds(millisecondsPerBatch) };
        await using ServiceProvider services = new ServiceCollection()
            .AddSingleton<TimeProvider>(time)
            .AddBilling(billing => billing.AddSink(ledger).UseBatchSize(1))
            .BuildServiceProvider();
        IngestReport report = await services.GetRequiredService<BillingPipeline>().IngestAsync(BillingSource.Text("june.csv", June), TestContext.Current.CancellationToken);
        Assert.Equal(7, report.Stored.Rows);
        Assert.Equal(recorded, stored);
    }

    private sealed class SteppedTime : TimeProvider
    {
        public TimeSpan Elapsed { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Elapsed.Ticks;
    }
}
