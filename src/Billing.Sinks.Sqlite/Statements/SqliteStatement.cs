using System.Globalization;
using System.Text;
using SQLitePCL;

namespace Billing.Sinks.Sqlite;

/// <summary>
/// A prepared statement. Text goes in and comes out as bytes with a length, so that U+0000 in it survives,
/// which the getters of ADO.NET do not promise.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    // An empty span has no address, and SQLite takes a text without an address for NULL.
    private static readonly byte[] s_terminator = [0];

    private readonly SqliteSession _session;
    private readonly sqlite3_stmt _statement;

    public SqliteStatement(SqliteSession session, sqlite3_stmt statement)
    {
        _session = session;
        _statement = statement;
    }

    /// <summary>Moves to the next row.</summary>
    /// <returns>Whether there is one.</returns>
    /// <exception cref="BillingException">SQLite failed.</exception>
    public bool Step()
    {
        int code = TryStep();
        return code == raw.SQLITE_ROW || (code == raw.SQLITE_DONE ? false : throw _session.Error(code));
    }

    /// <summary>The exception for a code that SQLite gave just now.</summary>
    public BillingException Error(int code) => _session.Error(code);

    /// <summary>Moves to the next row, and gives SQLite's own code.</summary>
    public int TryStep() => raw.sqlite3_step(_statement);

    /// <summary>Makes the statement ready to run again. What is bound stays bound.</summary>
    public void Reset() => _ = raw.sqlite3_reset(_statement); // Its code repeats the step's, which was looked at.

    /// <summary>Runs a statement that gives no rows, and resets it.</summary>
    public void Run()
    {
        try
        {
            Step();
        }
        finally
        {
            Reset();
        }
    }

    public void Bind(int index, long value) => Check(raw.sqlite3_bind_int64(_statement, index, value));

    public void Bind(int index, long? value)
    {
        if (value is { } number)
        {
            Bind(index, number);
        }
        else
        {
            BindNull(index);
        }
    }

    public void Bind(int index, string? value)
    {
        if (value is null)
        {
            BindNull(index);
        }
        else
        {
            BindText(index, Encoding.UTF8.GetBytes(value));
        }
    }

    public void BindNull(int index) => Check(raw.sqlite3_bind_null(_statement, index));

    public void BindText(int index, ReadOnlySpan<byte> utf8) => Check(TryBindText(index, utf8));

    /// <summary>Binds text, and gives SQLite's own code: it may be too long.</summary>
    public int TryBindText(int index, ReadOnlySpan<byte> utf8) => utf8.IsEmpty
        ? raw.sqlite3_bind_text(_statement, index, utf8z.FromSpan(s_terminator))
        : raw.sqlite3_bind_text(_statement, index, utf8);

    public void BindBlob(int index, ReadOnlySpan<byte> bytes) => Check(bytes.IsEmpty
        ? raw.sqlite3_bind_zeroblob(_statement, index, 0)
        : raw.sqlite3_bind_blob(_statement, index, bytes));

    public void BindKey(int index, RecordKey key)
    {
        Span<byte> bytes = stackalloc byte[RecordKey.Size];
        key.CopyTo(bytes);
        BindBlob(index, bytes);
    }

    public bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    public long Int64(int column) => raw.sqlite3_column_int64(_statement, column);

    public int Int32(int column) => checked((int)Int64(column));

    /// <summary>The bytes of a text or blob, valid until the next step; empty for NULL.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(_statement, column);

    /// <summary>A text that is never NULL.</summary>
    public string Text(int column) => Encoding.UTF8.GetString(Bytes(column));

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    public decimal Decimal(int column) =>
        decimal.Parse(Bytes(column), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);

    public RecordKey Key(int column) => new(Bytes(column));

    public void Dispose() => _statement.Dispose();

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            throw _session.Error(code);
        }
    }
}
