using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Billing.Sinks.Sqlite.Schema;

/// <summary>
/// The tables (docs/stores.md shows them), and the upgrade of files of older versions to this one. The version is stored in
/// <c>PRAGMA user_version</c>; <c>PRAGMA application_id</c> marks the file as a ledger of Billing.
/// </summary>
internal static class SqliteSchema
{
    /// <summary>"Bill" in ASCII.</summary>
    public const int ApplicationId = 0x42696C6C;

    // No STRICT tables, which SQLite has since 3.37: older programs must be able to open these files too. Text in a column of affinity TEXT is never converted,
    // and numbers stored there become text, so that no amount is ever stored as REAL. The checks refuse blobs and short keys.
    //
    // record_keys and record_dates are the indexes of the records up to record_order.through (KeyIndex explains why they are not
    // SQLite indexes); the triggers keep them correct when someone edits records by hand. The head of a key, its first
    // eight bytes, stands for the key: an entry has 20 bytes instead of 45. Two keys with the same head take slots 0, 1, ..., so
    // the table stays unique. In record_dates, the head saves sorting a day of 200,000 records for each of its pages.
    private const string Version1 = """
        CREATE TABLE origins (
            id     INTEGER PRIMARY KEY,
            run_id TEXT NOT NULL,
            source TEXT NOT NULL,
            scope  TEXT
        );
        CREATE UNIQUE INDEX origins_once ON origins (run_id, source, coalesce(scope, x''));
        CREATE INDEX origins_by_source ON origins (source);

        CREATE TABLE records (
            id                 INTEGER PRIMARY KEY,
            key                BLOB NOT NULL CHECK (typeof(key) = 'blob' AND length(key) = 32),
            key_slot           INTEGER NOT NULL DEFAULT 0,
            fingerprint        BLOB NOT NULL CHECK (typeof(fingerprint) = 'blob' AND length(fingerprint) = 32),
            occurrence         INTEGER NOT NULL,
            origin             INTEGER NOT NULL REFERENCES origins (id),
            line               INTEGER NOT NULL,
            byte_offset        INTEGER NOT NULL,
            source_id          TEXT,
            date               TEXT NOT NULL,
            instant            TEXT,
            party              TEXT,
            account            TEXT,
            description        TEXT,
            amount             TEXT NOT NULL CHECK (typeof(amount) = 'text'),
            currency           TEXT NOT NULL,
            reporting_amount   TEXT NOT NULL CHECK (typeof(reporting_amount) = 'text'),
            reporting_currency TEXT NOT NULL,
            rate               TEXT,
            rate_date          TEXT,
            rate_source        TEXT,
            category           TEXT,
            category_rule      TEXT,
            flags              TEXT,
            alerts             TEXT,
            attributes         TEXT
        );
        CREATE INDEX records_by_origin ON records (origin, line);

        CREATE TABLE record_keys (
            head BLOB NOT NULL,
            slot INTEGER NOT NULL,
            id   INTEGER NOT NULL,
            PRIMARY KEY (head, slot)
        ) WITHOUT ROWID;
        CREATE TABLE record_dates (
            date TEXT NOT NULL,
            head BLOB NOT NULL,
            id   INTEGER NOT NULL,
            PRIMARY KEY (date, head, id)
        ) WITHOUT ROWID;
        CREATE TABLE record_order (
            through INTEGER NOT NULL,
            edits   INTEGER NOT NULL
        );
        INSERT INTO record_order VALUES (0, 0);
        CREATE TRIGGER records_deleted AFTER DELETE ON records BEGIN
            DELETE FROM record_keys WHERE head = substr(old.key, 1, 8) AND slot = old.key_slot AND id = old.id;
            DELETE FROM record_dates WHERE date = old.date AND head = substr(old.key, 1, 8) AND id = old.id;
            UPDATE record_order SET edits = edits + 1, through = min(through, (SELECT coalesce(max(id), 0) FROM records));
        END;
        CREATE TRIGGER records_moved AFTER UPDATE OF id, key, key_slot, date ON records BEGIN
            DELETE FROM record_keys WHERE head = substr(old.key, 1, 8) AND slot = old.key_slot AND id = old.id;
            DELETE FROM record_dates WHERE date = old.date AND head = substr(old.key, 1, 8) AND id = old.id;
            INSERT INTO record_keys SELECT substr(new.key, 1, 8), new.key_slot, new.id FROM record_order WHERE new.id <= through;
            INSERT INTO record_dates SELECT new.date, substr(new.key, 1, 8), new.id FROM record_order WHERE new.id <= through;
            UPDATE record_order SET edits = edits + 1;
        END;

        CREATE TABLE runs (
            run_id           TEXT NOT NULL PRIMARY KEY,
            source           TEXT NOT NULL,
            started_at       TEXT NOT NULL,
            status           TEXT NOT NULL,
            balanced         INTEGER NOT NULL,
            rows_read        INTEGER NOT NULL,
            rows_stored      INTEGER NOT NULL,
            rows_duplicate   INTEGER NOT NULL,
            rows_conflict    INTEGER NOT NULL,
            rows_quarantined INTEGER NOT NULL,
            report           TEXT NOT NULL
        );

        CREATE TABLE quarantine (
            id              INTEGER PRIMARY KEY,
            key             BLOB NOT NULL UNIQUE CHECK (typeof(key) = 'blob' AND length(key) = 32),
            run_id          TEXT NOT NULL,
            source          TEXT NOT NULL,
            line            INTEGER NOT NULL,
            byte_offset     INTEGER NOT NULL,
            scope           TEXT,
            reason          TEXT NOT NULL,
            detail          TEXT NOT NULL,
            raw             BLOB NOT NULL,
            raw_length      INTEGER NOT NULL,
            format          TEXT NOT NULL,
            header          TEXT,
            separator       TEXT,
            amount          TEXT,
            currency_code   TEXT,
            kept_at         TEXT NOT NULL,
            resolved_by_run TEXT,
            resolved_at     TEXT
        );
        CREATE INDEX quarantine_by_source ON quarantine (source, byte_offset, key);

        CREATE VIEW ledger AS
            SELECT lower(hex(r.key)) AS key, r.date, r.party, r.account, r.description, r.amount, r.currency,
                   r.reporting_amount, r.reporting_currency, r.rate, r.rate_date, r.rate_source, r.category, r.category_rule,
                   r.flags, r.alerts, r.attributes, r.source_id, r.instant, r.occurrence, o.scope, o.source, r.line,
                   r.byte_offset, o.run_id, lower(hex(r.fingerprint)) AS fingerprint
            FROM records AS r JOIN origins AS o ON o.id = r.origin;
        """;

    // Changes nothing but the version: programs that compute fingerprints of canonical form v1 must no longer write here.
    private const string FormVersion = "SELECT 1";

    /// <summary>Script n - 1 turns version n - 1 into version n. Scripts are added, never changed.</summary>
    public static IReadOnlyList<string> Scripts { get; } = [Version1, AlertSchema.Script, EditSchema.Script, FormVersion, KnownSchema.Script, DocumentSchema.Script];

    /// <summary>Whether an older file has all that reading needs of the tables of <paramref name="scripts"/>, so that it can be used as it is.</summary>
    public static bool HasTables(SqliteSession session, IReadOnlyList<string> scripts) =>
        session.ScalarInt64("PRAGMA user_version") is > 0 and var version && scripts.Skip((int)version).All(script => script is FormVersion or KnownSchema.Script or DocumentSchema.Script);

    /// <summary>Whether the file must be upgraded to the version of <paramref name="scripts"/>.</summary>
    /// <exception cref="BillingException">The file belongs to another program, or to a newer version.</exception>
    public static bool IsOutdated(SqliteSession session, SqliteLocation location, IReadOnlyList<string> scripts)
    {
        (long application, long version, bool empty) = Identity(session);
        bool ours = application == ApplicationId || (empty && application == 0 && version == 0);
        if (!ours)
        {
            throw new BillingException(string.Create(
                CultureInfo.InvariantCulture,
                $"The SQLite database {location.Shown} belongs to another program (application_id {application}, user_version {version}). Nothing was changed. Use a separate file for the ledger."));
        }

        return version <= scripts.Count
            ? version < scripts.Count
            : throw new BillingException($"The SQLite database {location.Shown} has schema version {version}, and this program knows versions up to {scripts.Count}. Nothing was changed. Use the newer version of Billing.Sinks.Sqlite that created it.");
    }

    // One snapshot: between two reads another process could create the schema, and the file would look as if it belonged to another program.
    private static (long Application, long Version, bool Empty) Identity(SqliteSession session)
    {
        bool alone = !session.InTransaction;
        if (alone)
        {
            session.Execute("BEGIN");
        }

        try
        {
            return (
                session.ScalarInt64("PRAGMA application_id"),
                session.ScalarInt64("PRAGMA user_version"),
                session.ScalarInt64("SELECT count(*) FROM sqlite_master") == 0);
        }
        finally
        {
            if (alone && session.InTransaction)
            {
                session.Execute("ROLLBACK");
            }
        }
    }

    /// <summary>Upgrades the file to the version of <paramref name="scripts"/>, in one transaction. Several processes may try at once.</summary>
    /// <exception cref="BillingException">The file belongs to another program or to a newer version, or it cannot be written.</exception>
    public static void Migrate(SqliteSession session, SqliteLocation location, IReadOnlyList<string> scripts, CancellationToken cancellationToken)
    {
        // Done here, not when a connection opens: the file of another program keeps its journal. The page size applies to new files only.
        session.Execute("PRAGMA page_size=8192");
        session.ExecuteWaiting("PRAGMA journal_mode=WAL", cancellationToken);
        session.ExecuteWaiting("BEGIN IMMEDIATE", cancellationToken);
        try
        {
            if (IsOutdated(session, location, scripts))
            {
                for (int version = (int)session.ScalarInt64("PRAGMA user_version"); version < scripts.Count; version++)
                {
                    Run(session, location, scripts[version]);
                }

                session.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA application_id={ApplicationId}; PRAGMA user_version={scripts.Count}"));
            }

            session.Execute("COMMIT");
        }
        finally
        {
            if (session.InTransaction)
            {
                session.Execute("ROLLBACK");
            }
        }
    }

    private static void Run(SqliteSession session, SqliteLocation location, string script)
    {
        try
        {
            session.Execute(script);
        }
        catch (BillingException e) when (script == EditSchema.Script && e.InnerException is SqliteException { SqliteErrorCode: raw.SQLITE_CONSTRAINT })
        {
            throw new BillingException(
                $"The SQLite database {location.Shown} has two records with the same key, inserted by hand under an older version, so it cannot be upgraded. Nothing was changed. "
                + "Find them with 'SELECT id, lower(hex(key)) FROM records WHERE key IN (SELECT key FROM records GROUP BY key HAVING count(*) > 1)', delete all but the right one of each key, and open it again.",
                e);
        }
    }
}
