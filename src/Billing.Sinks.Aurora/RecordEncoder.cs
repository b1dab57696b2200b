using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Billing.Sinks.Aurora;

/// <summary>
/// Turns records into the values of <see cref="AuroraSchema.Records"/>, as bytes: no driver and no character set of a
/// connection stands between a text and its column. Values that neighbours share are made once.
/// </summary>
internal sealed class RecordEncoder(AuroraSchema schema, long maxPacket) : IDisposable
{
    // An escaped byte takes two, and the statement needs some room of its own.
    private const int Overhead = 4096;

    private readonly IReadOnlyList<TableColumn> _columns = schema.Records.Columns;
    private readonly (object? Value, byte[]? Bytes)[] _last = new (object?, byte[]?)[schema.Records.Columns.Count];
    private readonly ArrayBufferWriter<byte> _json = new();
    private Utf8JsonWriter? _writer;
    private byte[]?[] _values = [];
    private int _column;
    private string? _refusal;

    /// <summary>The values of a record, in the order of the columns.</summary>
    /// <returns>Null, with why, where the database cannot hold the record exactly.</returns>
    public byte[]?[]? Encode(BillingRecord record, out string? refusal)
    {
        _values = new byte[]?[_columns.Count];
        _column = 0;
        _refusal = null;
        Bytes(record.Key.ToByteArray());
        byte[] fingerprint = new byte[Fingerprint.Size];
        record.Fingerprint.CopyTo(fingerprint);
        Bytes(fingerprint);
        Number(record.Occurrence);
        Text(record.Scope);
        Text(record.SourceId);
        Date(record.Date);
        Instant(record.Instant);
        Text(record.Party);
        Text(record.Account);
        Text(record.Description);
        Money(record.Amount);
        Money(record.ReportingAmount);
        Rate(record);
        Text(record.Category);
        Text(record.CategoryRule);
        Texts(record.Flags);
        Texts(record.Alerts);
        Attributes(record.Attributes);
        Identifier(record.Source.Name, AuroraSchema.LongestSource);
        Number(record.Source.Line);
        Number(record.Source.ByteOffset);
        Identifier(record.RunId, AuroraSchema.LongestRunId);
        if (_refusal is null && (2 * Size()) + Overhead > maxPacket)
        {
            _refusal = string.Create(CultureInfo.InvariantCulture, $"The record has {Size()} bytes, more than the server takes with max_allowed_packet = {maxPacket}. Shorten its texts in the source, or raise max_allowed_packet.");
        }

        refusal = _refusal;
        return refusal is null ? _values : null;
    }

    public void Dispose() => _writer?.Dispose();

    private long Size()
    {
        long size = 0;
        foreach (byte[]? value in _values)
        {
            size += value?.Length ?? 0;
        }

        return size;
    }

    private void Bytes(byte[]? bytes) => _values[_column++] = bytes;

    private void Refuse(string reason) => _refusal ??= reason;

    private void Number(long number)
    {
        Span<byte> text = stackalloc byte[20];
        _ = number.TryFormat(text, out int length, default, CultureInfo.InvariantCulture);
        Bytes(text[..length].ToArray());
    }

    private void Date(DateOnly? date)
    {
        if (date is null)
        {
            Bytes(null);
            return;
        }

        if (_last[_column].Value is not DateOnly last || last != date)
        {
            _last[_column] = (date, Encoding.ASCII.GetBytes(date.Value.ToString("O", CultureInfo.InvariantCulture)));
        }

        Bytes(_last[_column].Bytes);
    }

    private void Instant(DateTimeOffset? instant) =>
        Bytes(instant is { } value ? Encoding.ASCII.GetBytes(value.ToString("O", CultureInfo.InvariantCulture)) : null);

    private void Money(Money money)
    {
        Span<byte> text = stackalloc byte[32];
        _ = money.Amount.TryFormat(text, out int length, default, CultureInfo.InvariantCulture);
        Bytes(text[..length].ToArray());
        Number(money.Amount.Scale);
        Text(money.Currency.Code);
    }

    private void Rate(BillingRecord record)
    {
        ExchangeRate? rate = record.ExchangeRate;
        if (rate is not null && (rate.Base != record.Amount.Currency || rate.Quote != record.ReportingAmount.Currency))
        {
            Refuse($"The exchange rate is of {rate.Base} to {rate.Quote}, but the amounts are in {record.Amount.Currency} and {record.ReportingAmount.Currency}. Correct the rate.");
        }

        if (!ReferenceEquals(rate, _last[_column].Value) || rate is null)
        {
            _last[_column] = (rate, rate is null ? null : Encoding.ASCII.GetBytes(rate.ValueText));
        }

        Bytes(_last[_column].Bytes);
        Date(rate?.Date);
        Text(rate?.Source);
    }

    private void Text(string? value)
    {
        if (!ReferenceEquals(value, _last[_column].Value))
        {
            if (value is not null && !UnicodeText.IsWellFormed(value))
            {
                RefuseUnicode();
                Bytes(null);
                return;
            }

            _last[_column] = (value, value is null ? null : Encoding.UTF8.GetBytes(value));
        }

        Bytes(_last[_column].Bytes);
    }

    private void Identifier(string value, int longest)
    {
        Text(value);
        if (_values[_column - 1]?.Length > longest)
        {
            Refuse(string.Create(CultureInfo.InvariantCulture, $"The value of '{_columns[_column - 1].Name}' has more than {longest} bytes in UTF-8. Shorten it."));
        }
    }

    private void Texts(IReadOnlyList<string> texts)
    {
        if (texts.Count == 0)
        {
            Bytes(null);
            return;
        }

        foreach (string text in texts)
        {
            if (!UnicodeText.IsWellFormed(text))
            {
                RefuseUnicode();
                Bytes(null);
                return;
            }
        }

        if (!ReferenceEquals(texts, _last[_column].Value))
        {
            JsonText.Write(Json(), texts);
            _last[_column] = (texts, _json.WrittenSpan.ToArray());
        }

        Bytes(_last[_column].Bytes);
    }

    private void Attributes(RecordAttributes attributes)
    {
        if (attributes.Count == 0)
        {
            Bytes(null);
            return;
        }

        for (int i = 0; i < attributes.Count; i++)
        {
            if (!UnicodeText.IsWellFormed(attributes.Names[i]) || !UnicodeText.IsWellFormed(attributes.Values[i]))
            {
                RefuseUnicode();
                Bytes(null);
                return;
            }
        }

        JsonText.Write(Json(), attributes);
        Bytes(_json.WrittenSpan.ToArray());
    }

    private void RefuseUnicode() =>
        Refuse($"The value of '{_columns[_column].Name}' has half of a surrogate pair, which is no Unicode text and would not come back the same. Correct it in the source.");

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
}
