using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Billing.Storage;

namespace Billing.Amendments;

/// <summary>Reads what <see cref="RecordJsonWriter"/> wrote.</summary>
internal sealed class RecordJsonReader(JsonElement json) : IFieldReader
{
    RecordKey IFieldReader.Key(RecordField field) => RecordKey.Parse(Needed(field.Name));

    Fingerprint IFieldReader.Fingerprint(RecordField field) => Fingerprint.Parse(Needed(field.Name));

    long IFieldReader.Number(RecordField field) => json.GetProperty(field.Name).GetInt64();

    string? IFieldReader.Text(RecordField field) => Text(field.Name);

    string IFieldReader.Identifier(RecordField field) => Needed(field.Name);

    DateOnly IFieldReader.Date(RecordField field) => DateOf(Needed(field.Name));

    DateTimeOffset? IFieldReader.Instant(RecordField field) => Text(field.Name) is { } text
        ? DateTimeOffset.ParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind)
        : null;

    Money IFieldReader.Money(RecordField field) =>
        new(decimal.Parse(Needed(field.Columns[0]), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture), Currency.Parse(Needed(field.Columns[1])));

    ExchangeRate? IFieldReader.Rate(RecordField field, Currency from, Currency to) => Text(field.Columns[0]) is { } rate
        ? ExchangeRate.FromValueText(from, to, rate, Text(field.Columns[1]) is { } date ? DateOf(date) : null, Needed(field.Columns[2]))
        : null;

    IReadOnlyList<string> IFieldReader.Texts(RecordField field) => JsonText.ReadTexts(JsonMarshal.GetRawUtf8Value(json.GetProperty(field.Name)));

    RecordAttributes IFieldReader.Attributes(RecordField field) => JsonText.ReadAttributes(JsonMarshal.GetRawUtf8Value(json.GetProperty(field.Name)));

    RecordSource IFieldReader.Source(RecordField field) =>
        new(Needed(field.Columns[0]), json.GetProperty(field.Columns[1]).GetInt64(), json.GetProperty(field.Columns[2]).GetInt64());

    private static DateOnly DateOf(string text) => DateOnly.ParseExact(text, "O", CultureInfo.InvariantCulture);

    private string? Text(string name) => json.TryGetProperty(name, out JsonElement member) ? member.GetString() : null;

    private string Needed(string name) => json.GetProperty(name).GetString()!;
}
