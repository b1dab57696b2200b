using System.Globalization;
using SQLitePCL;

namespace Billing.Sinks.Sqlite;

/// <summary>The tables, as numbered migrations that only go forward. The number is SQLite's <c>user_version</c>.</summary>
internal static class Schema
{
    /// <summary>Marks a file as a ledger ("BILL"), so that the file of another program is never altered.</summary>
    public const int ApplicationId = 0x42494C4C;

    // Amounts are TEXT: SQLite would turn NUMERIC into REAL. STRICT tables need a newer SQLite than the bundled one.
    private const string V1 = """
        CREATE TABLE names (
          id INTEGER PRIMARY KEY,
          name TEXT NOT NULL UNIQUE
        );
        CREATE TABLE records (
          id INTEGER PRIMARY KEY,
          key BLOB NOT NULL,
          fingerprint BLOB NOT NULL,
          occurrence INTEGER NOT NULL,
          scope TEXT,
          source_id TEXT,
          date TEXT NOT NULL,
          instant TEXT,
          party TEXT,
          account TEXT,
          description TEXT,
          amount TEXT NOT NULL,
          currency TEXT NOT NULL,
          reporting_amount TEXT NOT NULL,
          reporting_currency TEXT NOT NULL,
          rate TEXT,
          rate_date TEXT,
          rate_source TEXT,
          category TEXT,
          category_rule TEXT,
          flags TEXT,
          alerts TEXT,
          attributes TEXT,
          source INTEGER NOT NULL REFERENCES names (id),
          line INTEGER NOT NULL,
          byte_offset INTEGER NOT NULL,
          run INTEGER NOT NULL REFERENCES names (id)
        );
        CREATE UNIQUE INDEX records_key ON records (key);
        CREATE INDEX records_date ON records (date);
        CREATE TABLE runs (
          run_id TEXT PRIMARY KEY,
          source TEXT NOT NULL,
          started_at TEXT NOT NULL,
          status TEXT NOT NULL,
          report TEXT NOT NULL
        ) WITHOUT ROWID;
        CREATE TABLE quarantine (
          key BLOB PRIMARY KEY,
          source TEXT NOT NULL,
          byte_offset INTEGER NOT NULL,
          line INTEGER NOT NULL,
          run_id TEXT NOT NULL,
          scope TEXT,
          reason TEXT NOT NULL,
          detail TEXT NOT NULL,
          raw BLOB NOT NULL,
          raw_length INTEGER NOT NULL,
          format INTEGER NOT NULL,
          header TEXT,
          separator TEXT,
          amount TEXT,
          currency TEXT,
          resolved_by TEXT
        );
        CREATE INDEX quarantine_place ON quarantine (source, byte_offset, key);
        CREATE VIEW ledger AS
          SELECT lower(hex(r.key)) AS key, r.date, r.party, r.account, r.description, r.amount, r.currency,
            r.reporting_amount, r.reporting_currency, r.rate, r.rate_date, r.rate_source, r.category, r.flags,
            r.scope, r.source_id, r.instant, s.name AS source, r.line, n.name AS run_id, r.attributes
          FROM records r JOIN names s ON s.id = r.source JOIN names n ON n.id = r.run;
        """;

    /// <summary>Migration n brings version n to n + 1.</summary>
    public static IReadOnlyList<string> Migrations { get; } = [V1];

    /// <summary>Creates the schema in an empty file, brings an older one forward, leaves the current one alone.</summary>
    /// <exception cref="BillingException">The file is another program's, newer than this package, or may not be altered.</exception>
    public static void Ensure(sqlite3 handle, string file, bool create) => Ensure(handle, file, create, Migrations);

    /// <summary>The same with other migrations, for tests.</summary>
    internal static void Ensure(sqlite3 handle, string file, bool create, IReadOnlyList<string> migrations)
    {
        if (Version(handle, file, migrations.Count) == migrations.Count)
        {
            return;
        }

        if (!create)
        {
            throw new BillingException($"The ledger {file} has no schema of version {migrations.Count}, and CreateSchema is off. Open it once with CreateSchema on, or run the migrations of docs/stores.md.");
        }

        // Readers go on while one process writes. Set before the transaction: it cannot change inside one.
        SqliteDatabase.Execute(handle, "PRAGMA journal_mode = WAL");
        SqliteDatabase.Execute(handle, "BEGIN IMMEDIATE");
        try
        {
            // Again, inside: another process may have come first.
            for (int version = Version(handle, file, migrations.Count); version < migrations.Count; version++)
            {
                Script(handle, migrations[version]);
                SqliteDatabase.Execute(handle, string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {version + 1}"));
            }

            SqliteDatabase.Execute(handle, string.Create(CultureInfo.InvariantCulture, $"PRAGMA application_id = {ApplicationId}"));
            SqliteDatabase.Execute(handle, "COMMIT");
        }
        catch
        {
            SqliteDatabase.Execute(handle, "ROLLBACK");
            throw;
        }
    }

    private static int Version(sqlite3 handle, string file, int known)
    {
        int version = (int)Scalar(handle, "PRAGMA user_version");
        bool ours = Scalar(handle, "PRAGMA application_id") == ApplicationId;
        if (!ours && (version != 0 || Scalar(handle, "SELECT count(*) FROM sqlite_master") > 0))
        {
            throw new BillingException($"The file {file} is the SQLite database of another program; it was left alone. Choose another path for the ledger.");
        }

        return version <= known
            ? version
            : throw new BillingException($"The ledger {file} has schema version {version}; this package knows versions up to {known}. Update Billing.Sinks.Sqlite.");
    }

    private static long Scalar(sqlite3 handle, string sql)
    {
        using SqliteStatement statement = new(handle, sql);
        return statement.Step() ? statement.ReadInteger() : 0;
    }

    private static void Script(sqlite3 handle, string sql)
    {
        if (raw.sqlite3_exec(handle, sql) is var code and not raw.SQLITE_OK)
        {
            throw new SqliteFault(code, raw.sqlite3_errmsg(handle).utf8_to_string());
        }
    }
}
