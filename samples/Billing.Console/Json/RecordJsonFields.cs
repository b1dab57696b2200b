using System.Text.Json;
using Billing.Storage;

namespace Billing.Console.Json;

/// <summary>Writes the fields of a record as properties of a JSON object.</summary>
internal sealed class RecordJsonFields(Utf8JsonWriter json) : IFieldWriter
{
    public void Key(RecordField field, RecordKey value) => json.WriteString(field.JsonName, value.ToString());

    public void Fingerprint(RecordField field, Fingerprint value) => json.WriteString(field.JsonName, value.ToString());

    public void Number(RecordField field, long value) => json.WriteNumber(field.JsonName, value);

    public void Text(RecordField field, string? value) => json.WriteString(field.JsonName, value);

    public void Identifier(RecordField field, string value) => json.WriteString(field.JsonName, value);

    public void Date(RecordField field, DateOnly value) => json.WriteDate(field.JsonName, value);

    public void Instant(RecordField field, DateTimeOffset? value) => json.WriteInstant(field.JsonName, value);

    public void Money(RecordField field, Money value)
    {
        json.WriteStartObject(field.JsonName);
        json.WriteAmount("amount", value.Amount);
        json.WriteString("currency", value.Currency.Code);
        json.WriteEndObject();
    }

    public void Rate(RecordField field, ExchangeRate? value)
    {
        if (value is null)
        {
            json.WriteNull(field.JsonName);
            return;
        }

        json.WriteStartObject(field.JsonName);
        json.WriteString("base", value.Base.Code);
        json.WriteString("quote", value.Quote.Code);
        json.WriteString("rate", value.ValueText);
        json.WriteDate("date", value.Date);
        json.WriteString("source", value.Source);
        json.WriteEndObject();
    }

    public void Texts(RecordField field, IReadOnlyList<string> value) => json.WriteStrings(field.JsonName, value);

    public void Attributes(RecordField field, RecordAttributes value)
    {
        json.WritePropertyName(field.JsonName);
        RecordJson.WriteAttributes(json, value);
    }

    public void Source(RecordField field, RecordSource value) => RecordJson.WriteSource(json, value);
}
