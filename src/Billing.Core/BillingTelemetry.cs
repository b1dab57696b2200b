namespace Billing;

/// <summary>
/// The names of the metrics, activities and tags of Billing, for OpenTelemetry: <c>AddMeter(BillingTelemetry.MeterName)</c>, <c>AddSource(BillingTelemetry.ActivitySourceName)</c>.
/// Units are those of UCUM and durations are in seconds, as the OpenTelemetry conventions require.
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

    /// <summary>Activity, a child of one of the others: one batch written to one store. Has <see cref="StoreTag"/> and <see cref="BatchSizeTag"/>; the activities of the store's driver are its children.</summary>
    public const string StoreWriteActivity = "billing.store.write";

    /// <summary>Tag: <c>stored</c>, <c>duplicate</c>, <c>conflict</c> or <c>quarantined</c>.</summary>
    public const string OutcomeTag = "billing.row.outcome";

    /// <summary>Tag: <c>completed</c> or <c>failed</c>.</summary>
    public const string StatusTag = "billing.run.status";

    /// <summary>Tag: the id of the run, as in reports, logs and stores.</summary>
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

    /// <summary>Tag of a failed activity: the name of the exception's type, as OpenTelemetry defines it.</summary>
    public const string ErrorTypeTag = "error.type";
}
