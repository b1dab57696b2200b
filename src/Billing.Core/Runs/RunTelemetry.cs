using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Billing.Runs;

/// <summary>The activity source and the meter, both named <c>Billing</c>.</summary>
internal static class RunTelemetry
{
    public const string Name = "Billing";

    public static ActivitySource Activities { get; } = new(Name);

    private static readonly Meter s_meter = new(Name);
    private static readonly Counter<long> s_rows = s_meter.CreateCounter<long>("billing.rows", "{row}", "Rows by outcome.");
    private static readonly Counter<long> s_bytes = s_meter.CreateCounter<long>("billing.bytes", "By", "Bytes read from sources.");
    private static readonly Counter<long> s_runs = s_meter.CreateCounter<long>("billing.runs", "{run}", "Runs by status.");
    private static readonly Histogram<long> s_duration = s_meter.CreateHistogram<long>("billing.run.duration", "ms", "How long runs took.");

    /// <summary>Counts a run that has ended.</summary>
    public static void Ended(Activity? activity, IngestReport report)
    {
        Count("stored", report.Stored);
        Count("duplicate", report.Duplicate);
        Count("conflict", report.Conflict);
        Count("quarantined", report.Quarantined);
        s_bytes.Add(report.Bytes);
        s_runs.Add(1, new KeyValuePair<string, object?>("status", StatusTag(report.Status)));
        s_duration.Record((long)report.Elapsed.TotalMilliseconds);
        if (activity is null)
        {
            return;
        }

        activity.SetTag("billing.run_id", report.RunId);
        activity.SetTag("billing.rows.read", report.Read.Rows);
        activity.SetTag("billing.rows.stored", report.Stored.Rows);
        activity.SetTag("billing.rows.quarantined", report.Quarantined.Rows);
        activity.SetStatus(report.Status == RunStatus.Completed ? ActivityStatusCode.Ok : ActivityStatusCode.Error, report.Error);
    }

    private static string StatusTag(RunStatus status) => status switch
    {
        RunStatus.Completed => "completed",
        RunStatus.Failed => "failed",
        _ => "running",
    };

    private static void Count(string outcome, ControlTotals totals)
    {
        if (totals.Rows > 0)
        {
            s_rows.Add(totals.Rows, new KeyValuePair<string, object?>("outcome", outcome));
        }
    }
}
