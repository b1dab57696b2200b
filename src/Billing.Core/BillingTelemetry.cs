namespace Billing;

/// <summary>
/// The names of what Billing measures and traces, for OpenTelemetry: <c>AddMeter(BillingTelemetry.MeterName)</c>, <c>AddSource(BillingTelemetry.ActivitySourceName)</c>.
/// Units are of UCUM, and durations in seconds, as its conventions have it.
/// </summary>
public static class BillingTelemetry
{
    /// <summary>The name of the <see cref="System.Diagnostics.ActivitySource"/>.</summary>
    public const string ActivitySourceName = "Billing";

    /// <summary>The name of the <see cref="System.Diagnostics.Metrics.Meter"/>.</summary>
    public const string MeterName = "Billing";

    /// <summary>Counter, <c>{row}</c>: rows that were read, by <see cref="OutcomeTag"/>.</summary>
    public const string RowsMetric = "billing.rows";

    /// <summary>Counter, <c>By</c>: bytes that were read from sources.</summary>
    public const string BytesMetric = "billing.bytes";

    /// <summary>Counter, <c>{run}</c>: runs that ended, by <see cref="StatusTag"/>.</summary>
    public const string RunsMetric = "billing.runs";

    /// <summary>Histogram, <c>s</c>: how long runs took, by <see cref="StatusTag"/>.</summary>
    public const string RunDurationMetric = "billing.run.duration";

    /// <summary>Activity: one ingestion of one source. Has <see cref="RunIdTag"/>, <see cref="StatusTag"/>, <see cref="RowsReadTag"/>, <see cref="RowsStoredTag"/> and <see cref="RowsQuarantinedTag"/>.</summary>
    public const string IngestActivity = "billing.ingest";

    /// <summary>Activity: one replay of the quarantine of one source; tags as <see cref="IngestActivity"/>.</summary>
    public const string ReplayActivity = "billing.replay";

    /// <summary>Activity, under one of the others: one batch written to one store. Has <see cref="StoreTag"/> and <see cref="BatchSizeTag"/>; what the driver of the store traces is under it.</summary>
    public const string StoreWriteActivity = "billing.store.write";

    /// <summary>Tag: <c>stored</c>, <c>duplicate</c>, <c>conflict</c> or <c>quarantined</c>.</summary>
    public const string OutcomeTag = "billing.row.outcome";

    /// <summary>Tag: <c>completed</c> or <c>failed</c>.</summary>
    public const string StatusTag = "billing.run.status";

    /// <summary>Tag: the id of the run, as reports, logs and stores have it.</summary>
    public const string RunIdTag = "billing.run.id";

    /// <summary>Tag: how many rows the run read.</summary>
    public const string RowsReadTag = "billing.rows.read";

    /// <summary>Tag: how many rows the run stored.</summary>
    public const string RowsStoredTag = "billing.rows.stored";

    /// <summary>Tag: how many rows the run quarantined.</summary>
    public const string RowsQuarantinedTag = "billing.rows.quarantined";

    /// <summary>Tag: the name of the sink.</summary>
    public const string StoreTag = "billing.store.name";

    /// <summary>Tag: how many records the batch has.</summary>
    public const string BatchSizeTag = "billing.batch.size";

    /// <summary>Tag of what failed: the name of the exception's type, as OpenTelemetry has it.</summary>
    public const string ErrorTypeTag = "error.type";
}
