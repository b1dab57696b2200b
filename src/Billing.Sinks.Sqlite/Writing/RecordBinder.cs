using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;
using SQLitePCL;

namespace Billing.Sinks.Sqlite;

/// <summary>
/// Binds records to the insert. What is the same object as in the record before (a currency, a category, a rate, NULL) stays bound:
/// each call into SQLite costs as much as encoding a short text.
/// </summary>
internal sealed class RecordBinder(SqliteStatement insert) : IDisposable
{
    /// <summary>The columns, as <see cref="Bind"/> numbers them from 1.</summary>
    public const string Columns =
        "key, key_slot, fingerprint, occurrence, origin, line, byte_offset, source_id, date, instant, party, account, description, "
        + "amount, currency, reporting_amount, reporting_currency, rate, rate_date, rate_source, category, category_rule, flags, alerts, attributes";

    private const int Key = 1;
    private const int Slot = 2;
    private const int FingerprintColumn = 3;
    private const int Occurrence = 4;
    private const int Origin = 5;
    private const int Line = 6;
    private const int ByteOffset = 7;
    private const int SourceId = 8;
    private const int Date = 9;
    private const int Instant = 10;
    private const int Party = 11;
    private const int Account = 12;
    private const int Description = 13;
    private const int Amount = 14;
    private const int CurrencyColumn = 15;
    private const int ReportingAmount = 16;
    private const int ReportingCurrency = 17;
    private const int Rate = 18;
    private const int RateDate = 19;
    private const int RateSource = 20;
    private const int Category = 21;
    private const int CategoryRule = 22;
    private const int Flags = 23;
    private const int Alerts = 24;
    private const int Attributes = 25;

    // Longer than a decimal, a date and an instant are in text.
    private const int ShortText = 64;

    private static readonly string[] s_names = Columns.Split(", ");
    private static readonly object s_unknown = new();

    private readonly object?[] _bound = new object?[s_names.Length + 1];
    private readonly ArrayBufferWriter<byte> _json = new();
    private readonly byte[] _hash = new byte[RecordKey.Size];
    private Utf8JsonWriter? _writer;
    private byte[] _text = new byte[256];
    private object? _rate;
    private DateOnly? _date;
    private (int Occurrence, long Origin, int Slot) _numbers = (-1, -1, -1);

    /// <summary>Binds a record.</summary>
    /// <returns>Why SQLite cannot hold it exactly, or null.</returns>
    public string? Bind(BillingRecord record, long origin, int slot)
    {
        record.Key.CopyTo(_hash);
        insert.BindBlob(Key, _hash);
        record.Fingerprint.CopyTo(_hash);
        insert.BindBlob(FingerprintColumn, _hash);
        BindNumbers(record, origin, slot);
        BindDate(record.Date);
        BindInstant(record.Instant);
        BindAmount(Amount, record.Amount.Amount);
        BindAmount(ReportingAmount, record.ReportingAmount.Amount);
        return BindText(CurrencyColumn, record.Amount.Currency.Code)
            ?? BindText(ReportingCurrency, record.ReportingAmount.Currency.Code)
            ?? BindRate(record)
            ?? BindText(SourceId, record.SourceId)
            ?? BindText(Party, record.Party)
            ?? BindText(Account, record.Account)
            ?? BindText(Description, record.Description)
            ?? BindText(Category, record.Category)
            ?? BindText(CategoryRule, record.CategoryRule)
            ?? BindTexts(Flags, record.Flags)
            ?? BindTexts(Alerts, record.Alerts)
            ?? BindAttributes(record.Attributes);
    }

    public void Dispose() => _writer?.Dispose();

    private static string TooLong(int column) => $"The value of '{s_names[column - 1]}' is longer than SQLite holds. Shorten it in the source.";

    private static string NotUnicode(int column) => $"The value of '{s_names[column - 1]}' has half of a surrogate pair, which is no Unicode text and would not come back the same. Correct it in the source.";

    private void BindNumbers(BillingRecord record, long origin, int slot)
    {
        (int, long, int) numbers = (record.Occurrence, origin, slot);
        if (numbers != _numbers)
        {
            insert.Bind(Occurrence, record.Occurrence);
            insert.Bind(Origin, origin);
            insert.Bind(Slot, slot);
            _numbers = numbers;
        }

        insert.Bind(Line, record.Source.Line);
        insert.Bind(ByteOffset, record.Source.ByteOffset);
    }

    private void BindDate(DateOnly date)
    {
        if (date != _date)
        {
            _ = date.TryFormat(_text, out int length, "O", CultureInfo.InvariantCulture);
            insert.BindText(Date, _text.AsSpan(0, length));
            _date = date;
        }
    }

    private void BindInstant(DateTimeOffset? instant)
    {
        if (instant is { } value)
        {
            _ = value.TryFormat(_text, out int length, "O", CultureInfo.InvariantCulture);
            insert.BindText(Instant, _text.AsSpan(0, length));
            _bound[Instant] = s_unknown;
        }
        else
        {
            BindNull(Instant);
        }
    }

    private void BindAmount(int column, decimal amount)
    {
        _ = amount.TryFormat(_text, out int length, default, CultureInfo.InvariantCulture);
        insert.BindText(column, _text.AsSpan(0, length));
    }

    private string? BindRate(BillingRecord record)
    {
        ExchangeRate? rate = record.ExchangeRate;
        if (rate is not null && (rate.Base != record.Amount.Currency || rate.Quote != record.ReportingAmount.Currency))
        {
            return $"The exchange rate is of {rate.Base} to {rate.Quote}, but the amounts are in {record.Amount.Currency} and {record.ReportingAmount.Currency}. Correct the rate.";
        }

        if (ReferenceEquals(rate, _rate))
        {
            return null;
        }

        _rate = s_unknown;
        string? refusal = BindText(Rate, rate?.ValueText)
            ?? BindText(RateDate, rate?.Date?.ToString("O", CultureInfo.InvariantCulture))
            ?? BindText(RateSource, rate?.Source);
        if (refusal is null)
        {
            _rate = rate;
        }

        return refusal;
    }

    private string? BindText(int column, string? value)
    {
        if (ReferenceEquals(value, _bound[column]))
        {
            return null;
        }

        if (value is null)
        {
            BindNull(column);
            return null;
        }

        _bound[column] = s_unknown;
        if (value.Length > int.MaxValue / 4)
        {
            return TooLong(column);
        }

        if (_text.Length < value.Length * 3)
        {
            _text = new byte[Math.Max(ShortText, value.Length * 3)];
        }

        if (Utf8.FromUtf16(value, _text, out _, out int length, replaceInvalidSequences: false) != OperationStatus.Done)
        {
            return NotUnicode(column);
        }

        string? refusal = BindBytes(column, _text.AsSpan(0, length));
        if (refusal is null)
        {
            _bound[column] = value;
        }

        return refusal;
    }

    private string? BindTexts(int column, IReadOnlyList<string> texts)
    {
        if (texts.Count == 0)
        {
            BindNull(column);
            return null;
        }

        if (ReferenceEquals(texts, _bound[column]))
        {
            return null;
        }

        for (int i = 0; i < texts.Count; i++)
        {
            if (!UnicodeText.IsWellFormed(texts[i]))
            {
                return NotUnicode(column);
            }
        }

        JsonText.Write(Json(), texts);
        _bound[column] = s_unknown;
        return BindBytes(column, _json.WrittenSpan);
    }

    private string? BindAttributes(RecordAttributes attributes)
    {
        if (attributes.Count == 0)
        {
            BindNull(Attributes);
            return null;
        }

        for (int i = 0; i < attributes.Count; i++)
        {
            if (!UnicodeText.IsWellFormed(attributes.Names[i]) || !UnicodeText.IsWellFormed(attributes.Values[i]))
            {
                return NotUnicode(Attributes);
            }
        }

        JsonText.Write(Json(), attributes);
        _bound[Attributes] = s_unknown;
        return BindBytes(Attributes, _json.WrittenSpan);
    }

    private Utf8JsonWriter Json()
    {
        _json.ResetWrittenCount();
        if (_writer is null)
        {
            return _writer = JsonText.NewWriter(_json);
        }

        _writer.Reset(_json);
        return _writer;
    }

    private string? BindBytes(int column, ReadOnlySpan<byte> utf8)
    {
        int code = insert.TryBindText(column, utf8);
        return code switch
        {
            raw.SQLITE_OK => null,
            raw.SQLITE_TOOBIG => TooLong(column),
            _ => throw insert.Error(code),
        };
    }

    private void BindNull(int column)
    {
        if (_bound[column] is not null)
        {
            insert.BindNull(column);
            _bound[column] = null;
        }
    }
}
