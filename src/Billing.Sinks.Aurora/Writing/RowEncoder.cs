using System.Buffers;
using System.Globalization;
using System.Text.Unicode;

namespace Billing.Sinks.Aurora.Writing;

/// <summary>
/// Converts records to the values of <see cref="SqlSchema.Records"/> as bytes, so that no driver and no character set of a
/// connection changes a text on the way to its column.
/// </summary>
internal sealed class RowEncoder(SqlSchema schema, long maxPacket) : RecordEncoder
{
    // An escaped byte takes two bytes, and the statement itself needs some space.
    private const int Overhead = 4096;

    private const int MostBytesPerChar = 3;

    /// <summary>The values of the last encoded record, in the order of the columns.</summary>
    public EncodedRow Row { get; } = new(schema.Records.Columns.Count);

    /// <summary>Encodes a record.</summary>
    /// <returns>Null, or why the database cannot hold the record exactly.</returns>
    public string? Encode(BillingRecord record)
    {
        Row.Clear();
        if (EncodeFields(record) is null && (2L * Row.Size) + Overhead > maxPacket)
        {
            Refuse(string.Create(CultureInfo.InvariantCulture, $"The record has {Row.Size} bytes, more than the server accepts with max_allowed_packet = {maxPacket}. Shorten its texts in the source, or raise max_allowed_packet."));
        }

        return Refusal;
    }

    protected override void AddHash(ReadOnlySpan<byte> hash)
    {
        Row.Bytes.Write(hash);
        Row.End();
    }

    protected override void AddNumber(long number) => AddShort(number);

    protected override void AddDate(DateOnly? date)
    {
        if (date is { } value)
        {
            AddShort(value, "O");
        }
        else
        {
            Row.AddNull();
        }
    }

    protected override void AddInstant(DateTimeOffset? instant)
    {
        if (instant is { } value)
        {
            AddShort(value, "O");
        }
        else
        {
            Row.AddNull();
        }
    }

    protected override void AddAmount(decimal amount)
    {
        AddShort(amount);
        AddShort(amount.Scale);
    }

    protected override void AddText(string column, string? text)
    {
        if (text is null)
        {
            Row.AddNull();
            return;
        }

        Span<byte> room = Row.Bytes.GetSpan((text.Length * MostBytesPerChar) + 1);
        if (Utf8.FromUtf16(text, room, out _, out int length, replaceInvalidSequences: false) == OperationStatus.Done)
        {
            Row.Bytes.Advance(length);
            Row.End();
        }
        else
        {
            RefuseUnicode(column);
            Row.AddNull();
        }
    }

    protected override void AddIdentifier(string column, string text, int longest)
    {
        AddText(column, text);
        if (Row.LastSize > longest)
        {
            RefuseLength(column, longest);
        }
    }

    protected override void AddTexts(string column, IReadOnlyList<string> texts)
    {
        if (texts.Count == 0)
        {
            Row.AddNull();
            return;
        }

        WriteJson(Row.Bytes, texts);
        Row.End();
    }

    protected override void AddAttributes(string column, RecordAttributes attributes)
    {
        if (attributes.Count == 0)
        {
            Row.AddNull();
            return;
        }

        WriteJson(Row.Bytes, attributes);
        Row.End();
    }

    /// <summary>Adds a value of few characters, in its invariant form.</summary>
    private void AddShort<T>(T value, ReadOnlySpan<char> format = default)
        where T : IUtf8SpanFormattable
    {
        const int Most = 64;
        _ = value.TryFormat(Row.Bytes.GetSpan(Most), out int length, format, CultureInfo.InvariantCulture);
        Row.Bytes.Advance(length);
        Row.End();
    }
}
