using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Billing.Sinks.Sqlite.Connections;

/// <summary>Explains the result codes of SQLite, and what to do about them.</summary>
internal static class SqliteErrors
{
    /// <summary>Whether the code means that another connection is in the way, which is transient.</summary>
    public static bool IsBusy(int code) => Primary(code) is raw.SQLITE_BUSY or raw.SQLITE_LOCKED;

    /// <summary>Returns the exception for a result code that is not success.</summary>
    /// <param name="code">The result code, extended or not.</param>
    /// <param name="sqliteMessage">The message of SQLite.</param>
    /// <param name="database">The name of the database, for error messages.</param>
    /// <param name="busyTimeout">How long the call waited if the database is busy.</param>
    public static BillingException Of(int code, string sqliteMessage, string database, TimeSpan busyTimeout) =>
        new(Text(code, sqliteMessage, database, busyTimeout), new SqliteException(sqliteMessage, Primary(code), code));

    private static string Text(int code, string sqliteMessage, string database, TimeSpan busyTimeout) => Primary(code) switch
    {
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED =>
            $"The SQLite database {database} was in use by another writer for {busyTimeout:c}. Run again when it is done, or raise {nameof(SqliteSinkOptions)}.{nameof(SqliteSinkOptions.BusyTimeout)}.",
        raw.SQLITE_FULL =>
            $"There is no space left for the SQLite database {database}. Nothing of this batch was stored. Free some space and run again.",
        raw.SQLITE_READONLY =>
            $"The SQLite database {database} cannot be written. Give this user write access to the file and its folder, and do not open it with Mode=ReadOnly.",
        raw.SQLITE_CANTOPEN or raw.SQLITE_PERM or raw.SQLITE_AUTH =>
            $"The SQLite database {database} cannot be opened ({sqliteMessage}). Check that it exists, and that this user may read and write the file and its folder.",
        raw.SQLITE_NOTADB =>
            $"{database} is not a SQLite database. Nothing was changed. Name another file.",
        raw.SQLITE_CORRUPT =>
            $"The SQLite database {database} is damaged ({sqliteMessage}). Restore a backup, or recover it with 'sqlite3 <file> .recover'.",
        raw.SQLITE_IOERR =>
            $"The SQLite database {database} could not be read or written ({sqliteMessage}). Nothing of this batch was stored. Check the disk.",
        raw.SQLITE_NOMEM =>
            $"There is no memory left for the SQLite database {database}. Lower {nameof(SqliteSinkOptions)}.{nameof(SqliteSinkOptions.CacheMebibytes)} or the batch size.",
        _ =>
            $"The SQLite database {database} failed with code {code}: {sqliteMessage}.",
    };

    private static int Primary(int code) => code & 0xFF;
}
