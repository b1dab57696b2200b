using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Billing.Sinks.Dynamo.Items;

/// <summary>Puts the fields of a record into an item.</summary>
internal sealed class ItemFieldWriter(ItemBuilder item) : IFieldWriter
{
    public void Key(RecordField field, RecordKey value) => item.Text(field.Name, value.ToString());

    public void Fingerprint(RecordField field, Fingerprint value) => item.Text(field.Name, value.ToString());

    public void Number(RecordField field, long value) => item.Number(field.Name, value);

    public void Text(RecordField field, string? value) =>
        item.Text(field == RecordFields.Party && value is not null && !RecordItem.IsIndexed(value) ? RecordItem.PartyText : field.Name, value);

    public void Identifier(RecordField field, string value) => item.Text(field.Name, value);

    public void Date(RecordField field, DateOnly value) => item.Text(field.Name, Text(value));

    public void Instant(RecordField field, DateTimeOffset? value) => item.Text(field.Name, value?.ToString("O", CultureInfo.InvariantCulture));

    public void Money(RecordField field, Money value)
    {
        item.Exact(field.Columns[0], value.Amount);
        item.Text(field.Columns[1], value.Currency.Code);
    }

    public void Rate(RecordField field, ExchangeRate? value)
    {
        item.Text(field.Columns[0], value?.ValueText);
        item.Text(field.Columns[1], value?.Date is { } date ? Text(date) : null);
        item.Text(field.Columns[2], value?.Source);
    }

    public void Texts(RecordField field, IReadOnlyList<string> value)
    {
        if (value.Count > 0)
        {
            Json(field.Name, value.All(text => UnicodeText.IsWellFormed(text)), json => JsonText.Write(json, value));
        }
    }

    public void Attributes(RecordField field, RecordAttributes value)
    {
        if (value.Count > 0)
        {
            Json(field.Name, value.All(pair => UnicodeText.IsWellFormed(pair.Key) && UnicodeText.IsWellFormed(pair.Value)), json => JsonText.Write(json, value));
        }
    }

    public void Source(RecordField field, RecordSource value)
    {
        item.Text(field.Columns[0], value.Name);
        item.Number(field.Columns[1], value.Line);
        item.Number(field.Columns[2], value.ByteOffset);
    }

    private void Json(string name, bool isUnicode, Action<Utf8JsonWriter> write)
    {
        if (!isUnicode)
        {
            item.Refuse(FieldRefusals.NotUnicode(name));
            return;
        }

        ArrayBufferWriter<byte> buffer = new();
        using Utf8JsonWriter writer = JsonText.NewWriter(buffer);
        write(writer);
        writer.Flush();
        item.Utf8(name, buffer.WrittenSpan);
    }

    private static string Text(DateOnly date) => date.ToString("O", CultureInfo.InvariantCulture);
}
