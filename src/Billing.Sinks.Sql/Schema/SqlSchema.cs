namespace Billing.Sinks.Sql.Schema;

/// <summary>The tables of a store.</summary>
internal sealed class SqlSchema(SqlDialect dialect, string prefix)
{
    /// <summary>The maximum length of a source name, in bytes. An index key can have 3072 bytes over all its columns.</summary>
    public const int LongestSource = 2000;

    /// <summary>The maximum length of a run id, in bytes.</summary>
    public const int LongestRunId = 255;

    /// <summary>The maximum length of the kind and the id of a document.</summary>
    public const int LongestDocument = 40 + 1 + LedgerDocument.LongestId;

    /// <summary>The records, by the list of their fields. Writers rely on the order of the columns.</summary>
    public SqlTable Records { get; } = new(
        dialect,
        prefix + "records",
        RecordFields.All.SelectMany(SqlColumn.Of),
        ("_by_date", ["date"]), ("_by_source", ["source", "line"]));

    /// <summary>The runs: the whole report as JSON, and columns for people who use SQL.</summary>
    public SqlTable Runs { get; } = new(
        dialect,
        prefix + "runs",
        [
            SqlColumn.Identifier("run_id", LongestRunId),
            SqlColumn.Text("source", nullable: false),
            SqlColumn.Code("started_at", 33),
            SqlColumn.Code("status", 20),
            SqlColumn.Number("balanced"),
            SqlColumn.Number("rows_read"),
            SqlColumn.Number("rows_stored"),
            SqlColumn.Number("rows_duplicate"),
            SqlColumn.Number("rows_conflict"),
            SqlColumn.Number("rows_quarantined"),
            SqlColumn.Text("report", nullable: false),
        ]);

    /// <summary>The quarantine.</summary>
    public SqlTable Quarantine { get; } = new(
        dialect,
        prefix + "quarantine",
        [
            SqlColumn.Binary("key_hash", RecordKey.Size),
            SqlColumn.Identifier("run_id", LongestRunId),
            SqlColumn.Identifier("source", LongestSource),
            SqlColumn.Number("line"),
            SqlColumn.Number("byte_offset"),
            SqlColumn.Text("scope"),
            SqlColumn.Text("reason", nullable: false),
            SqlColumn.Text("detail", nullable: false),
            SqlColumn.Bytes("raw"),
            SqlColumn.Number("raw_length"),
            SqlColumn.Code("format", 20),
            SqlColumn.Text("header"),
            SqlColumn.Text("field_separator"),
            SqlColumn.Amount("amount", nullable: true),
            SqlColumn.Text("currency_code"),
            SqlColumn.Code("kept_at", 33),
            SqlColumn.Identifier("resolved_by_run", LongestRunId, nullable: true),
            SqlColumn.Code("resolved_at", 33, nullable: true),
        ],
        ("_by_source", ["source", "byte_offset"]));

    /// <summary>The alerts. An alert that was sent has no <c>due_at</c>.</summary>
    public SqlTable Alerts { get; } = new(
        dialect,
        prefix + "alerts",
        [
            SqlColumn.Binary("alert_id", RecordKey.Size),
            SqlColumn.Binary("key_hash", RecordKey.Size),
            SqlColumn.Number("position"),
            SqlColumn.Text("rule", nullable: false),
            SqlColumn.Text("subject", nullable: false),
            SqlColumn.Text("message", nullable: false),
            SqlColumn.Code("raised_at", 33),
            SqlColumn.Number("attempts"),
            SqlColumn.Code("due_at", 33, nullable: true),
            SqlColumn.Code("sent_at", 33, nullable: true),
            SqlColumn.Text("last_error"),
        ],
        ("_by_due", ["due_at", "alert_id"]), ("_by_key", ["key_hash"]));

    /// <summary>The receipts.</summary>
    public SqlTable Receipts { get; } = new(
        dialect,
        prefix + "receipts",
        [
            SqlColumn.Binary("receipt_id", RecordKey.Size),
            SqlColumn.Text("file_name", nullable: false),
            SqlColumn.Text("bucket"),
            SqlColumn.Number("size"),
            SqlColumn.Code("uploaded_at", 33),
            SqlColumn.Text("status", nullable: false),
            SqlColumn.Amount("amount", nullable: true),
            SqlColumn.Code("currency", 3, nullable: true),
            SqlColumn.Text("merchant"),
            SqlColumn.Date("receipt_date", nullable: true),
            SqlColumn.Text("flags"),
            SqlColumn.Text("alerts"),
            SqlColumn.Number("sightings"),
            SqlColumn.Code("last_seen_at", 33),
            SqlColumn.Text("last_name", nullable: false),
        ],
        ("_by_upload", ["uploaded_at", "receipt_id"]));

    /// <summary>The uploads of receipts, each only once.</summary>
    public SqlTable ReceiptUploads { get; } = new(
        dialect,
        prefix + "receipt_uploads",
        [SqlColumn.Binary("upload_hash", RecordKey.Size), SqlColumn.Binary("receipt_id", RecordKey.Size), SqlColumn.Code("written_by", 32), SqlColumn.Number("is_first")]);

    /// <summary>The documents, by kind and id with a slash between.</summary>
    public SqlTable Documents { get; } = new(dialect, prefix + "documents", [SqlColumn.Identifier("document", LongestDocument), SqlColumn.Bytes("body")]);

    /// <summary>All tables.</summary>
    public IReadOnlyList<SqlTable> Tables => [Records, Runs, Quarantine, Alerts, Receipts, ReceiptUploads, Documents];
}
