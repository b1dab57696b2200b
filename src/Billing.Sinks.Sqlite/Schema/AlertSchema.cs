namespace Billing.Sinks.Sqlite.Schema;

/// <summary>The tables for alerts and receipts.</summary>
internal static class AlertSchema
{
    // due_at is null once an alert is sent, so the index holds only unsent alerts.
    public const string Script = """
        CREATE TABLE alerts (
            id         INTEGER PRIMARY KEY,
            alert      TEXT NOT NULL UNIQUE,
            key        BLOB NOT NULL CHECK (typeof(key) = 'blob' AND length(key) = 32),
            rule       TEXT NOT NULL,
            subject    TEXT NOT NULL,
            message    TEXT NOT NULL,
            raised_at  TEXT NOT NULL,
            attempts   INTEGER NOT NULL,
            due_at     TEXT,
            sent_at    TEXT,
            last_error TEXT
        );
        CREATE INDEX alerts_by_due ON alerts (due_at, alert) WHERE due_at IS NOT NULL;
        CREATE INDEX alerts_by_key ON alerts (key);

        CREATE TABLE receipts (
            id           INTEGER PRIMARY KEY,
            receipt      BLOB NOT NULL UNIQUE CHECK (typeof(receipt) = 'blob' AND length(receipt) = 32),
            file_name    TEXT NOT NULL,
            bucket       TEXT,
            size         INTEGER NOT NULL,
            uploaded_at  TEXT NOT NULL,
            status       TEXT NOT NULL,
            amount       TEXT CHECK (amount IS NULL OR typeof(amount) = 'text'),
            currency     TEXT,
            merchant     TEXT,
            date         TEXT,
            flags        TEXT,
            alerts       TEXT,
            sightings    INTEGER NOT NULL,
            last_seen_at TEXT NOT NULL,
            last_name    TEXT NOT NULL
        );
        CREATE INDEX receipts_by_upload ON receipts (uploaded_at DESC, receipt);

        CREATE TABLE receipt_uploads (
            receipt INTEGER NOT NULL REFERENCES receipts (id),
            upload  TEXT NOT NULL,
            PRIMARY KEY (receipt, upload)
        ) WITHOUT ROWID;
        """;
}
