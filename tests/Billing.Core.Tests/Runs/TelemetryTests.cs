using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Core.Tests.Runs;

public sealed class TelemetryTests : IDisposable
{
    private readonly ConcurrentQueue<Activity> _activities = [];
    private readonly ActivityListener _listener;

    public TelemetryTests()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == BillingTelemetry.ActivitySourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = _activities.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task Each_batch_of_each_store_is_an_activity_under_that_of_the_run()
    {
        IngestReport report = await HookedSink.Pipeline("CAD=1", new HookedSink { Name = "one" }, new HookedSink { Name = "two" })
            .IngestAsync(BillingSource.Text("a.csv", "date,amount,currency\n2025-06-01,1,USD\n2025-06-02,1,USD\n"), TestContext.Current.CancellationToken);

        Activity run = Run(report);
        Assert.Equal(ActivityStatusCode.Ok, run.Status);
        Assert.Equal("completed", run.GetTagItem(BillingTelemetry.StatusTag));
        Activity[] writes = Under(run);
        Assert.All(writes, write => Assert.Equal((BillingTelemetry.StoreWriteActivity, ActivityKind.Client, 1), (write.OperationName, write.Kind, write.GetTagItem(BillingTelemetry.BatchSizeTag))));
        Assert.Equal(["one", "one", "two", "two"], writes.Select(write => (string)write.GetTagItem(BillingTelemetry.StoreTag)!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_a_store_does_meanwhile_is_under_its_batch_and_a_failure_says_its_type()
    {
        string? parent = null;
        HookedSink sink = new()
        {
            AfterWrite = () =>
            {
                parent = Activity.Current?.OperationName;
                throw new TimeoutException("The server does not answer.");
            },
        };
        IngestFailedException failed = await Assert.ThrowsAsync<IngestFailedException>(() => HookedSink.Pipeline("CAD=1", sink)
            .IngestAsync(BillingSource.Text("a.csv", "date,amount,currency\n2025-06-01,1,USD\n"), TestContext.Current.CancellationToken));

        Assert.Equal(BillingTelemetry.StoreWriteActivity, parent);
        Activity run = Run(failed.Report);
        Assert.Equal((ActivityStatusCode.Error, "failed"), (run.Status, run.GetTagItem(BillingTelemetry.StatusTag)));
        Activity write = Assert.Single(Under(run));
        Assert.Equal((ActivityStatusCode.Error, "System.TimeoutException"), (write.Status, write.GetTagItem(BillingTelemetry.ErrorTypeTag)));
    }

    [Fact]
    public async Task Durations_are_in_seconds()
    {
        ConcurrentQueue<double> seconds = [];
        using MeterListener meters = new()
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == BillingTelemetry.MeterName && instrument is { Name: BillingTelemetry.RunDurationMetric, Unit: "s" })
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        meters.SetMeasurementEventCallback<double>((_, value, _, _) => seconds.Enqueue(value));
        meters.Start();
        SteppedClock time = new();
        using ServiceProvider services = new ServiceCollection().AddSingleton<TimeProvider>(time)
            .AddBilling(billing => billing.AddSink(new HookedSink { AfterWrite = () => time.Advance(TimeSpan.FromSeconds(90_061.5)) }))
            .BuildServiceProvider();
        await services.GetRequiredService<BillingPipeline>().IngestAsync(BillingSource.Text("a.csv", "date,amount,currency\n2025-06-01,1,USD\n"), TestContext.Current.CancellationToken);

        // Other tests run at the same time, none of them for a day.
        Assert.Contains(90_061.5, seconds);
    }

    // Other tests run at the same time.
    private Activity Run(IngestReport report) => Assert.Single(_activities, activity => Equals(activity.GetTagItem(BillingTelemetry.RunIdTag), report.RunId));

    private Activity[] Under(Activity run) => [.. _activities.Where(activity => activity.ParentSpanId == run.SpanId && activity.TraceId == run.TraceId)];
}
