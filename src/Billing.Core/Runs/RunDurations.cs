using System.Diagnostics.Metrics;

namespace Billing.Runs;

/// <summary>The metric of how long runs took. OpenTelemetry takes seconds, but not in an exact type, so this file, which sees no amount, is the only place in the packages with another type.</summary>
internal sealed class RunDurations(Meter meter)
{
#pragma warning disable RS0030 // As the summary says.
    private readonly Histogram<double> _seconds = meter.CreateHistogram(
        BillingTelemetry.RunDurationMetric,
        "s",
        "How long runs took.",
        tags: null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300, 900, 3600] });

    /// <summary>Records how long a run took.</summary>
    public void Record(TimeSpan elapsed, KeyValuePair<string, object?> status) => _seconds.Record(elapsed.TotalSeconds, status);
#pragma warning restore RS0030
}
