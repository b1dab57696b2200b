using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;
using Billing.Sinks.Sql;

namespace Billing.Sinks.Aurora;

/// <summary>
/// Turns records into the values of <see cref="SqlSchema.Records"/>, as bytes: no driver and no character set of a
/// connection stands between a text and its column.
/// </summary>
internal sealed class RecordEncoder(SqlSchema schema, long maxPacket) : IDisposable
{
    // An escaped byte takes two, and the statement needs some room of its own.
    private const int Overhead = 4096;

    private const int MostBytesPerChar = 3;

    private readonly IReadOnlyList<SqlColumn> _columns = schema.Records.Columns;
    private Utf8JsonWriter? _writer;
    private string? _refusal;

    /// <summary>The values of the record that was encoded last, in the order of the columns.</summary>
    public EncodedRow Row { get; } = new(schema.Records.Columns.Count);

    /// <summary>Encodes a record.</summary>
    /// <returns>Null; or why the database cannot hold the record exactly.</returns>
    public string? Encode(BillingRecord record)
    {
        _refusal = null;
        Row.Clear();
        record.Key.CopyTo(Row.Bytes.GetSpan(RecordKey.Size));
        Written(RecordKey.Size);
        record.Fingerprint.CopyTo(Row.Bytes.GetSpan(Fingerprint.Size));
        Written(Fingerprint.Size);
        Value(record.Occurrence);
        Text(record.Scope);
        Text(record.SourceId);
        Value(record.Date, "O");
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
        Identifier(record.Source.Name, SqlSchema.LongestSource);
        Value(record.Source.Line);
        Value(record.Source.ByteOffset);
        Identifier(record.RunId, SqlSchema.LongestRunId);
        if (_refusal is null && (2L * Row.Size) + Overhead > maxPacket)
        {
            Refuse(string.Create(CultureInfo.InvariantCulture, $"The record has {Row.Size} bytes, more than the server takes with max_allowed_packet = {maxPacket}. Shorten its texts in the source, or raise max_allowed_packet."));
        }

        return _refusal;
    }

    public void Dispose() => _writer?.Dispose();

    private void Refuse(string reason) => _refusal ??= reason;

    private void Written(int bytes)
    {
        Row.Bytes.Advance(bytes);
        Row.End();
    }

    /// <summary>A value of few characters, in its invariant form.</summary>
    private void Value<T>(T value, ReadOnlySpan<char> format = default)
        where T : IUtf8SpanFormattable
    {
        const int Most = 64;
        _ = value.TryFormat(Row.Bytes.GetSpan(Most), out int length, format, CultureInfo.InvariantCulture);
        Written(length);
    }

    private void Instant(DateTimeOffset? instant)
    {
        if (instant is { } value)
        {
            Value(value, "O");
        }
        else
        {
            Row.AddNull();
        }
    }

    private void Money(Money money)
    {
        Value(money.Amount);
        Value(money.Amount.Scale);
        Text(money.Currency.Code);
    }

    private void Rate(BillingRecord record)
    {
        ExchangeRate? rate = record.ExchangeRate;
        if (RecordRules.RefusalOfRate(record) is { } refusal)
        {
            Refuse(refusal);
        }

        Text(rate?.ValueText);
        if (rate?.Date is { } date)
        {
            Value(date, "O");
        }
        else
        {
            Row.AddNull();
        }

        Text(rate?.Source);
    }

    private void Text(string? value)
    {
        if (value is null)
        {
            Row.AddNull();
            return;
        }

        Span<byte> room = Row.Bytes.GetSpan((value.Length * MostBytesPerChar) + 1);
        if (Utf8.FromUtf16(value, room, out _, out int length, replaceInvalidSequences: false) == OperationStatus.Done)
        {
            Written(length);
        }
        else
        {
            RefuseUnicode();
            Row.AddNull();
        }
    }

    private void Identifier(string value, int longest)
    {
        Text(value);
        if (Row.LastSize > longest)
        {
            Refuse(RecordRules.TooLong(_columns[Row.Count - 1].Name, longest));
        }
    }

    private void Texts(IReadOnlyList<string> texts)
    {
        for (int i = 0; i < texts.Count; i++)
        {
            DemandUnicode(texts[i]);
        }

        if (texts.Count == 0 || _refusal is not null)
        {
            Row.AddNull();
            return;
        }

        JsonText.Write(Json(), texts);
        Row.End();
    }

    private void Attributes(RecordAttributes attributes)
    {
        for (int i = 0; i < attributes.Count; i++)
        {
            DemandUnicode(attributes.Names[i]);
            DemandUnicode(attributes.Values[i]);
        }

        if (attributes.Count == 0 || _refusal is not null)
        {
            Row.AddNull();
            return;
        }

        JsonText.Write(Json(), attributes);
        Row.End();
    }

    private void DemandUnicode(string? text)
    {
        if (!UnicodeText.IsWellFormed(text))
        {
            RefuseUnicode();
        }
    }

    private void RefuseUnicode() => Refuse(RecordRules.NotUnicode(_columns[Row.Count].Name));

    private Utf8JsonWriter Json()
    {
        if (_writer is null)
        {
            return _writer = JsonText.NewWriter(Row.Bytes);
        }

        _writer.Reset(Row.Bytes);
        return _writer;
    }
}
