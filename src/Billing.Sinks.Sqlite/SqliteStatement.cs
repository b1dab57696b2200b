using System.Buffers;
using System.Globalization;
using System.Text;
using SQLitePCL;

namespace Billing.Sinks.Sqlite;

/// <summary>
/// A prepared statement. Binds and reads text as UTF-8 with its length: Microsoft.Data.Sqlite stops at a NUL.
/// Parameters and columns are taken in order, so that a list of them reads like the SQL.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    private const int StackBytes = 512;

    // A lone surrogate must fail, not turn into U+FFFD.
    private static readonly UTF8Encoding s_utf8 = new(false, throwOnInvalidBytes: true);

    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;
    private int _parameter;
    private int _column;

    public SqliteStatement(sqlite3 database, string sql)
    {
        _database = database;
        Check(raw.sqlite3_prepare_v2(database, sql, out _statement));
    }

    /// <summary>Starts over, with the first parameter next.</summary>
    public SqliteStatement Reset()
    {
        // The result repeats the error of the last step, which was thrown then.
        _ = raw.sqlite3_reset(_statement);
        _parameter = 0;
        return this;
    }

    public SqliteStatement Bind(long value)
    {
        Check(raw.sqlite3_bind_int64(_statement, ++_parameter, value));
        return this;
    }

    public SqliteStatement Bind(ReadOnlySpan<byte> blob)
    {
        // An empty span has no address, which would bind null.
        Check(blob.IsEmpty ? raw.sqlite3_bind_zeroblob(_statement, ++_parameter, 0) : raw.sqlite3_bind_blob(_statement, ++_parameter, blob));
        return this;
    }

    /// <exception cref="EncoderFallbackException">The text holds a lone surrogate, which has no UTF-8.</exception>
    public SqliteStatement Bind(string? text)
    {
        if (text is null)
        {
            Check(raw.sqlite3_bind_null(_statement, ++_parameter));
            return this;
        }

        int most = s_utf8.GetMaxByteCount(text.Length);
        byte[]? rented = most <= StackBytes ? null : ArrayPool<byte>.Shared.Rent(most);
        Span<byte> buffer = rented ?? stackalloc byte[StackBytes];
        try
        {
            return BindUtf8(buffer[..s_utf8.GetBytes(text, buffer)]);
        }
        finally
        {
            if (rented is not null)
            {
                ArrayPool<byte>.Shared.Return(rented);
            }
        }
    }

    public SqliteStatement BindUtf8(ReadOnlySpan<byte> text)
    {
        // An empty span has no address, which would bind null.
        Check(text.IsEmpty ? raw.sqlite3_bind_text(_statement, ++_parameter, "") : raw.sqlite3_bind_text(_statement, ++_parameter, text));
        return this;
    }

    public SqliteStatement Bind(decimal amount)
    {
        Span<byte> text = stackalloc byte[32];
        _ = amount.TryFormat(text, out int length, default, CultureInfo.InvariantCulture);
        return BindUtf8(text[..length]);
    }

    public SqliteStatement Bind(DateOnly date)
    {
        Span<byte> text = stackalloc byte[10];
        _ = date.TryFormat(text, out int length, "O", CultureInfo.InvariantCulture);
        return BindUtf8(text[..length]);
    }

    /// <summary>Runs on to the next row.</summary>
    /// <returns>Whether there is one.</returns>
    public bool Step()
    {
        int code = raw.sqlite3_step(_statement);
        _column = 0;
        if (code is raw.SQLITE_ROW or raw.SQLITE_DONE)
        {
            return code == raw.SQLITE_ROW;
        }

        throw new SqliteFault(raw.sqlite3_extended_errcode(_database), raw.sqlite3_errmsg(_database).utf8_to_string());
    }

    /// <summary>Runs to the end, and starts over.</summary>
    public void Run()
    {
        try
        {
            while (Step())
            {
            }
        }
        finally
        {
            Reset();
        }
    }

    public long ReadInteger() => raw.sqlite3_column_int64(_statement, _column++);

    public ReadOnlySpan<byte> ReadBytes() => raw.sqlite3_column_blob(_statement, _column++);

    public string? ReadText()
    {
        int column = _column++;
        return raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL
            ? null
            : s_utf8.GetString(raw.sqlite3_column_blob(_statement, column));
    }

    public string ReadRequiredText() => ReadText() ?? throw new InvalidDataException("A column that is never null is null: another program has written to the file.");

    public decimal ReadAmount() => decimal.Parse(ReadBytes(), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);

    public void Dispose() => _statement.Dispose();

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            throw new SqliteFault(raw.sqlite3_extended_errcode(_database) is var extended and not raw.SQLITE_OK ? extended : code, raw.sqlite3_errmsg(_database).utf8_to_string());
        }
    }
}
