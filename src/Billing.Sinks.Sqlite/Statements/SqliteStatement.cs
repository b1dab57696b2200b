using System.Globalization;
using System.Text;
using SQLitePCL;

namespace Billing.Sinks.Sqlite.Statements;

/// <summary>
/// A prepared statement. Text is passed in and out as bytes with a length, so that U+0000 in it survives,
/// which the getters of ADO.NET do not guarantee.
/// </summary>
internal sealed class SqliteStatement : SqlRow, IDisposable
{
    // An empty span has no address, and SQLite treats a text without an address as NULL.
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

    /// <summary>Returns the exception for a code that SQLite just returned.</summary>
    public BillingException Error(int code) => _session.Error(code);

    /// <summary>Moves to the next row, and returns SQLite's own code.</summary>
    public int TryStep() => raw.sqlite3_step(_statement);

    /// <summary>Makes the statement ready to run again. Bound values stay bound.</summary>
    public void Reset() => _ = raw.sqlite3_reset(_statement); // Its code repeats the code of the step, which was checked.

    /// <summary>Runs a statement that returns no rows, and resets it.</summary>
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

    /// <summary>Binds text, and returns SQLite's own code, because the text may be too long.</summary>
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

    /// <summary>Binds the values of <c>@p0</c>, <c>@p1</c> and so on, each wherever it stands.</summary>
    public void BindNamed(IReadOnlyList<object?> values)
    {
        int count = raw.sqlite3_bind_parameter_count(_statement);
        for (int i = 1; i <= count; i++)
        {
            string name = raw.sqlite3_bind_parameter_name(_statement, i).utf8_to_string();
            Bind(i, values[int.Parse(name.AsSpan("@p".Length), NumberStyles.None, CultureInfo.InvariantCulture)]);
        }
    }

    /// <summary>Binds a value: null, a text, a whole number or bytes.</summary>
    public void Bind(int index, object? value)
    {
        switch (value)
        {
            case null:
                BindNull(index);
                break;
            case string text:
                Bind(index, text);
                break;
            case long number:
                Bind(index, number);
                break;
            default:
                BindBlob(index, (byte[])value);
                break;
        }
    }

    public override bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    public override long Int64(int column) => raw.sqlite3_column_int64(_statement, column);

    public int Int32(int column) => checked((int)Int64(column));

    public override ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(_statement, column);

    public override string Text(int column) => Encoding.UTF8.GetString(Bytes(column));

    public override string Identifier(int column) => Text(column);

    // Digits are stored as they are.
    public override string Hex(int column) => Text(column);

    public override DateOnly Date(int column) => DateOnly.ParseExact(Text(column), "O", CultureInfo.InvariantCulture);

    public override decimal Amount(int column) =>
        decimal.TryParse(Bytes(column), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal amount) ? amount : throw NoAmount(column);

    /// <summary>An amount that is to be added up.</summary>
    public ExactAmount Exact(int column) => ExactAmount.TryParse(Bytes(column), out ExactAmount amount) ? amount : throw NoAmount(column);

    public override Currency Currency(int column)
    {
        ReadOnlySpan<byte> code = Bytes(column);
        Span<char> text = stackalloc char[8];
        return Known(code.Length <= text.Length ? text[..Encoding.UTF8.GetChars(code, text)] : Encoding.UTF8.GetString(code));
    }

    public void Dispose() => _statement.Dispose();

    private BillingException NoAmount(int column) => new(
        $"The SQLite database {_session.Location.Shown} holds '{Text(column)}' as an amount, which is no number: another program wrote it. Correct the columns amount and reporting_amount of that record, or restore the file.");

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            throw _session.Error(code);
        }
    }
}
