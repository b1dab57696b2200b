namespace Billing.Sinks.Sqlite;

/// <summary>An error code of SQLite, before it is said in the words of a ledger (<see cref="SqliteDatabase.Explain"/>).</summary>
internal sealed class SqliteFault(int code, string message) : Exception(message)
{
    /// <summary>The extended result code.</summary>
    public int Code => code;

    /// <summary>The primary result code.</summary>
    public int PrimaryCode => code & 0xFF;
}
