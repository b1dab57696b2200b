using System.Globalization;
using System.Text.Json;
using Billing.Storage;

namespace Billing.Amendments;

/// <summary>Writes the fields of a record as members of an object, under the names of their columns.</summary>
internal sealed class RecordJsonWriter(Utf8JsonWriter json) : IFieldWriter
{
    void IFieldWriter.Key(RecordField field, RecordKey value) => json.WriteString(field.Name, value.ToString());

    void IFieldWriter.Fingerprint(RecordField field, Fingerprint value) => json.WriteString(field.Name, value.ToString());

    void IFieldWriter.Number(RecordField field, long value) => json.WriteNumber(field.Name, value);

    void IFieldWriter.Text(RecordField field, string? value) => Text(field.Name, value);

    void IFieldWriter.Identifier(RecordField field, string value) => Text(field.Name, value);

    void IFieldWriter.Date(RecordField field, DateOnly value) => json.WriteString(field.Name, DateText(value));

    void IFieldWriter.Instant(RecordField field, DateTimeOffset? value) => Text(field.Name, value?.ToString("O", CultureInfo.InvariantCulture));

    void IFieldWriter.Money(RecordField field, Money value)
    {
        json.WriteString(field.Columns[0], value.Amount.ToString(CultureInfo.InvariantCulture));
        json.WriteString(field.Columns[1], value.Currency.Code);
    }

    void IFieldWriter.Rate(RecordField field, ExchangeRate? value)
    {
        Text(field.Columns[0], value?.ValueText);
        Text(field.Columns[1], value?.Date is { } date ? DateText(date) : null);
        Text(field.Columns[2], value?.Source);
    }

    void IFieldWriter.Texts(RecordField field, IReadOnlyList<string> value)
    {
        json.WritePropertyName(field.Name);
        JsonText.Write(json, value);
    }

    void IFieldWriter.Attributes(RecordField field, RecordAttributes value)
    {
        json.WritePropertyName(field.Name);
        JsonText.Write(json, value);
    }

    void IFieldWriter.Source(RecordField field, RecordSource value)
    {
        json.WriteString(field.Columns[0], value.Name);
        json.WriteNumber(field.Columns[1], value.Line);
        json.WriteNumber(field.Columns[2], value.ByteOffset);
    }

    private static string DateText(DateOnly date) => date.ToString("O", CultureInfo.InvariantCulture);

    // What is null is left out.
    private void Text(string name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, text);
        }
    }
}
