using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Billing.Runs;

/// <summary>The activity source and the meter (<see cref="BillingTelemetry"/>).</summary>
internal static class RunTelemetry
{
    public static ActivitySource Activities { get; } = new(BillingTelemetry.ActivitySourceName);

    private static readonly Meter s_meter = new(BillingTelemetry.MeterName);
    private static readonly Counter<long> s_rows = s_meter.CreateCounter<long>(BillingTelemetry.RowsMetric, "{row}", "Rows by outcome.");
    private static readonly Counter<long> s_bytes = s_meter.CreateCounter<long>(BillingTelemetry.BytesMetric, "By", "Bytes read from sources.");
    private static readonly Counter<long> s_runs = s_meter.CreateCounter<long>(BillingTelemetry.RunsMetric, "{run}", "Runs by status.");
    private static readonly RunDurations s_durations = new(s_meter);

    /// <summary>Counts a run that has ended. A dry run has an activity only: the counts are of what became of rows.</summary>
    public static void Ended(Activity? activity, IngestReport report)
    {
        KeyValuePair<string, object?> status = new(BillingTelemetry.StatusTag, report.Status == RunStatus.Completed ? "completed" : "failed");
        if (!report.IsDryRun)
        {
            Count("stored", report.Stored);
            Count("duplicate", report.Duplicate);
            Count("conflict", report.Conflict);
            Count("quarantined", report.Quarantined);
            s_bytes.Add(report.Bytes);
            s_runs.Add(1, status);
            s_durations.Record(report.Elapsed, status);
        }

        if (activity is null)
        {
            return;
        }

        activity.SetTag(BillingTelemetry.RunIdTag, report.RunId);
        activity.SetTag(status.Key, status.Value);
        activity.SetTag(BillingTelemetry.RowsReadTag, report.Read.Rows);
        activity.SetTag(BillingTelemetry.RowsStoredTag, report.Stored.Rows);
        activity.SetTag(BillingTelemetry.RowsQuarantinedTag, report.Quarantined.Rows);
        activity.SetStatus(report.Status == RunStatus.Completed ? ActivityStatusCode.Ok : ActivityStatusCode.Error, report.Error);
    }

    /// <summary>Starts the activity of writing one batch of records to a store, under the activity of its run.</summary>
    public static Activity? StoreWrite(string store, int records)
    {
        Activity? activity = Activities.StartActivity(BillingTelemetry.StoreWriteActivity, ActivityKind.Client);
        activity?.SetTag(BillingTelemetry.StoreTag, store);
        activity?.SetTag(BillingTelemetry.BatchSizeTag, records);
        return activity;
    }

    /// <summary>Records what a batch failed with.</summary>
    public static void Failed(Activity? activity, Exception exception)
    {
        activity?.SetTag(BillingTelemetry.ErrorTypeTag, exception.GetType().FullName);
        activity?.SetStatus(ActivityStatusCode.Error, exception.Message);
    }

    private static void Count(string outcome, ControlTotals totals)
    {
        if (totals.Rows > 0)
        {
            s_rows.Add(totals.Rows, new KeyValuePair<string, object?>(BillingTelemetry.OutcomeTag, outcome));
        }
    }
}
