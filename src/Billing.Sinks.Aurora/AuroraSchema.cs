namespace Billing.Sinks.Aurora;

/// <summary>The tables of a ledger.</summary>
internal sealed class AuroraSchema(string prefix)
{
    /// <summary>The most bytes of a source's name. An index takes 3072 with all its columns.</summary>
    public const int LongestSource = 2000;

    /// <summary>The most bytes of a run's id.</summary>
    public const int LongestRunId = 255;

    /// <summary>The records. The order of the columns is that of <see cref="RecordEncoder"/>.</summary>
    public AuroraTable Records { get; } = new(
        prefix + "records",
        [
            TableColumn.Binary("key_hash", RecordKey.Size),
            TableColumn.Binary("fingerprint", Fingerprint.Size),
            TableColumn.Number("occurrence"),
            TableColumn.Text("scope"),
            TableColumn.Text("source_id"),
            TableColumn.Date("date"),
            TableColumn.Code("instant", 33, nullable: true),
            TableColumn.Text("party"),
            TableColumn.Text("account"),
            TableColumn.Text("description"),
            TableColumn.Amount("amount"),
            TableColumn.Scale("amount_scale"),
            TableColumn.Code("currency", 3),
            TableColumn.Amount("reporting_amount"),
            TableColumn.Scale("reporting_amount_scale"),
            TableColumn.Code("reporting_currency", 3),
            TableColumn.Code("rate", 64, nullable: true),
            TableColumn.Date("rate_date", nullable: true),
            TableColumn.Text("rate_source"),
            TableColumn.Text("category"),
            TableColumn.Text("category_rule"),
            TableColumn.Text("flags"),
            TableColumn.Text("alerts"),
            TableColumn.Text("attributes"),
            TableColumn.Identifier("source", LongestSource),
            TableColumn.Number("line"),
            TableColumn.Number("byte_offset"),
            TableColumn.Identifier("run_id", LongestRunId),
        ],
        ["PRIMARY KEY (`key_hash`)", $"KEY `{prefix}records_by_date` (`date`)", $"KEY `{prefix}records_by_source` (`source`, `line`)"]);

    /// <summary>The runs: the whole report as JSON, and columns for whoever looks with SQL.</summary>
    public AuroraTable Runs { get; } = new(
        prefix + "runs",
        [
            TableColumn.Identifier("run_id", LongestRunId),
            TableColumn.Text("source", nullable: false),
            TableColumn.Code("started_at", 33),
            TableColumn.Code("status", 20),
            TableColumn.Number("balanced"),
            TableColumn.Number("rows_read"),
            TableColumn.Number("rows_stored"),
            TableColumn.Number("rows_duplicate"),
            TableColumn.Number("rows_conflict"),
            TableColumn.Number("rows_quarantined"),
            TableColumn.Text("report", nullable: false),
        ],
        ["PRIMARY KEY (`run_id`)"]);

    /// <summary>The quarantine.</summary>
    public AuroraTable Quarantine { get; } = new(
        prefix + "quarantine",
        [
            TableColumn.Binary("key_hash", RecordKey.Size),
            TableColumn.Identifier("run_id", LongestRunId),
            TableColumn.Identifier("source", LongestSource),
            TableColumn.Number("line"),
            TableColumn.Number("byte_offset"),
            TableColumn.Text("scope"),
            TableColumn.Text("reason", nullable: false),
            TableColumn.Text("detail", nullable: false),
            TableColumn.Bytes("raw"),
            TableColumn.Number("raw_length"),
            TableColumn.Code("format", 20),
            TableColumn.Text("header"),
            TableColumn.Text("field_separator"),
            TableColumn.Amount("amount", nullable: true),
            TableColumn.Scale("amount_scale", nullable: true),
            TableColumn.Text("currency_code"),
            TableColumn.Code("kept_at", 33),
            TableColumn.Identifier("resolved_by_run", LongestRunId, nullable: true),
            TableColumn.Code("resolved_at", 33, nullable: true),
        ],
        ["PRIMARY KEY (`key_hash`)", $"KEY `{prefix}quarantine_by_source` (`source`, `byte_offset`)"]);

    /// <summary>The alerts. What is sent has no <c>due_at</c>.</summary>
    public AuroraTable Alerts { get; } = new(
        prefix + "alerts",
        [
            TableColumn.Binary("alert_id", RecordKey.Size),
            TableColumn.Binary("key_hash", RecordKey.Size),
            TableColumn.Number("position"),
            TableColumn.Text("rule", nullable: false),
            TableColumn.Text("subject", nullable: false),
            TableColumn.Text("message", nullable: false),
            TableColumn.Code("raised_at", 33),
            TableColumn.Number("attempts"),
            TableColumn.Code("due_at", 33, nullable: true),
            TableColumn.Code("sent_at", 33, nullable: true),
            TableColumn.Text("last_error"),
        ],
        ["PRIMARY KEY (`alert_id`)", $"KEY `{prefix}alerts_by_due` (`due_at`, `alert_id`)", $"KEY `{prefix}alerts_by_key` (`key_hash`)"]);

    /// <summary>The receipts.</summary>
    public AuroraTable Receipts { get; } = new(
        prefix + "receipts",
        [
            TableColumn.Binary("receipt_id", RecordKey.Size),
            TableColumn.Text("file_name", nullable: false),
            TableColumn.Text("bucket"),
            TableColumn.Number("size"),
            TableColumn.Code("uploaded_at", 33),
            TableColumn.Text("status", nullable: false),
            TableColumn.Amount("amount", nullable: true),
            TableColumn.Scale("amount_scale", nullable: true),
            TableColumn.Code("currency", 3, nullable: true),
            TableColumn.Text("merchant"),
            TableColumn.Date("receipt_date", nullable: true),
            TableColumn.Text("flags"),
            TableColumn.Text("alerts"),
            TableColumn.Number("sightings"),
            TableColumn.Code("last_seen_at", 33),
            TableColumn.Text("last_name", nullable: false),
        ],
        ["PRIMARY KEY (`receipt_id`)", $"KEY `{prefix}receipts_by_upload` (`uploaded_at`, `receipt_id`)"]);

    /// <summary>The uploads of receipts, each once.</summary>
    public AuroraTable ReceiptUploads { get; } = new(
        prefix + "receipt_uploads",
        [TableColumn.Binary("upload_hash", RecordKey.Size), TableColumn.Binary("receipt_id", RecordKey.Size), TableColumn.Code("written_by", 32), TableColumn.Number("is_first")],
        ["PRIMARY KEY (`upload_hash`)"]);

    /// <summary>All of them.</summary>
    public IReadOnlyList<AuroraTable> Tables => [Records, Runs, Quarantine, Alerts, Receipts, ReceiptUploads];
}
