using System.Buffers;
using System.Globalization;
using System.Text.Unicode;
using SQLitePCL;

namespace Billing.Sinks.Sqlite.Writing;

/// <summary>
/// Binds records to an insert of one or more rows. What is the same as in the record that was bound to the row before (a currency, a category,
/// a rate, NULL) stays bound: each call into SQLite costs as much as encoding a short text.
/// </summary>
internal sealed class RecordBinder : RecordEncoder
{
    // Longer than the text of a decimal, a date or an instant.
    private const int ShortText = 64;

    private static readonly object s_unknown = new();

    // Scope, source and run stand in the origin.
    private static readonly string[] s_columns =
        [.. RecordFields.All.SelectMany(field => field.Columns).Where(column => column is not ("scope" or "source" or "run_id")), "key_slot", "origin"];

    private readonly SqliteStatement _insert;
    private readonly object?[] _bound;
    private readonly long?[] _numbers;
    private readonly DateOnly?[] _dates;
    private readonly object?[] _rates;
    private readonly ArrayBufferWriter<byte> _json = new();
    private byte[] _text = new byte[256];
    private int _column;
    private int _row;

    /// <param name="insert">The insert, of <see cref="Columns"/>.</param>
    /// <param name="rows">Its number of rows.</param>
    public RecordBinder(SqliteStatement insert, int rows)
    {
        _insert = insert;
        int places = (s_columns.Length * rows) + 1;
        _bound = new object?[places];
        _numbers = new long?[places];
        _dates = new DateOnly?[places];
        _rates = new object?[rows];
    }

    /// <summary>The columns of a row, in the order in which they are bound.</summary>
    public static IReadOnlyList<string> Columns => s_columns;

    /// <summary>Binds a record to a row of the insert.</summary>
    /// <returns>Why SQLite cannot hold the record exactly, or null.</returns>
    public string? Bind(int row, BillingRecord record, long origin, int slot)
    {
        _row = row;
        _column = row * s_columns.Length;
        string? refusal = EncodeFields(record);
        AddNumber(slot);
        AddNumber(origin);
        return refusal;
    }

    public override void Text(RecordField field, string? value)
    {
        if (field != RecordFields.Scope)
        {
            base.Text(field, value);
        }
    }

    public override void Identifier(RecordField field, string value)
    {
    }

    public override void Source(RecordField field, RecordSource value)
    {
        AddNumber(value.Line);
        AddNumber(value.ByteOffset);
    }

    public override void Rate(RecordField field, ExchangeRate? value)
    {
        if (ReferenceEquals(value, _rates[_row]))
        {
            _column += field.Columns.Count;
            return;
        }

        _rates[_row] = s_unknown;
        base.Rate(field, value);
        if (Refusal is null)
        {
            _rates[_row] = value;
        }
    }

    protected override void AddHash(ReadOnlySpan<byte> hash) => _insert.BindBlob(++_column, hash);

    protected override void AddNumber(long number)
    {
        if (_numbers[++_column] != number)
        {
            _insert.Bind(_column, number);
            _numbers[_column] = number;
        }
    }

    protected override void AddDate(DateOnly? date)
    {
        _column++;
        if (date is not { } value)
        {
            BindNull();
        }
        else if (_bound[_column] != s_unknown || value != _dates[_column])
        {
            _ = value.TryFormat(_text, out int length, "O", CultureInfo.InvariantCulture);
            BindShort(length);
            _dates[_column] = value;
        }
    }

    protected override void AddInstant(DateTimeOffset? instant)
    {
        _column++;
        if (instant is not { } value)
        {
            BindNull();
            return;
        }

        _ = value.TryFormat(_text, out int length, "O", CultureInfo.InvariantCulture);
        BindShort(length);
    }

    protected override void AddAmount(decimal amount)
    {
        _column++;
        _ = amount.TryFormat(_text, out int length, default, CultureInfo.InvariantCulture);
        BindShort(length);
    }

    protected override void AddText(string column, string? text)
    {
        if (ReferenceEquals(text, _bound[++_column]))
        {
            return;
        }

        if (text is null)
        {
            BindNull();
            return;
        }

        _bound[_column] = s_unknown;
        if (text.Length > int.MaxValue / 4)
        {
            RefuseTooLong(column);
            return;
        }

        if (_text.Length < text.Length * 3)
        {
            _text = new byte[Math.Max(ShortText, text.Length * 3)];
        }

        if (Utf8.FromUtf16(text, _text, out _, out int length, replaceInvalidSequences: false) != OperationStatus.Done)
        {
            RefuseUnicode(column);
        }
        else if (TryBind(column, _text.AsSpan(0, length)))
        {
            _bound[_column] = text;
        }
    }

    protected override void AddIdentifier(string column, string text, int longest) => AddText(column, text);

    protected override void AddTexts(string column, IReadOnlyList<string> texts)
    {
        _column++;
        if (texts.Count == 0)
        {
            BindNull();
        }
        else if (!ReferenceEquals(texts, _bound[_column]))
        {
            _json.ResetWrittenCount();
            WriteJson(_json, texts);
            _bound[_column] = s_unknown;
            _ = TryBind(column, _json.WrittenSpan);
        }
    }

    protected override void AddAttributes(string column, RecordAttributes attributes)
    {
        _column++;
        if (attributes.Count == 0)
        {
            BindNull();
            return;
        }

        _json.ResetWrittenCount();
        WriteJson(_json, attributes);
        _bound[_column] = s_unknown;
        _ = TryBind(column, _json.WrittenSpan);
    }

    private void BindShort(int length)
    {
        _insert.BindText(_column, _text.AsSpan(0, length));
        _bound[_column] = s_unknown;
    }

    private bool TryBind(string column, ReadOnlySpan<byte> utf8)
    {
        int code = _insert.TryBindText(_column, utf8);
        switch (code)
        {
            case raw.SQLITE_OK:
                return true;
            case raw.SQLITE_TOOBIG:
                RefuseTooLong(column);
                return false;
            default:
                throw _insert.Error(code);
        }
    }

    private void RefuseTooLong(string column) => Refuse($"The value of '{column}' is longer than SQLite can hold. Shorten it in the source.");

    private void BindNull()
    {
        if (_bound[_column] is not null)
        {
            _insert.BindNull(_column);
            _bound[_column] = null;
        }
    }
}
