using System.Globalization;
using Billing.Console.Json;
using Billing.Storage;

namespace Billing.Console.Csv;

/// <summary>Notes the fields of a record, to be written to a CSV file in another order.</summary>
internal sealed class RecordCsvFields(CsvFile csv) : IFieldWriter
{
    private readonly Dictionary<RecordField, Action> _fields = new(RecordFields.All.Count);

    /// <summary>The names of a field's columns.</summary>
    public static IEnumerable<string> ColumnsOf(RecordField field) =>
        field.Kind == FieldKind.Rate ? [field.Columns[0], "rate_base", "rate_quote", .. field.Columns.Skip(1)] : field.Columns;

    /// <summary>Writes a field to the file.</summary>
    public void WriteField(RecordField field) => _fields[field]();

    public void Key(RecordField field, RecordKey value) => _fields[field] = () => csv.WriteExact(value.ToString());

    public void Fingerprint(RecordField field, Fingerprint value) => _fields[field] = () => csv.WriteExact(value.ToString());

    public void Number(RecordField field, long value) => _fields[field] = () => csv.WriteNumber(value);

    public void Text(RecordField field, string? value) => _fields[field] = () => csv.WriteText(value);

    public void Identifier(RecordField field, string value) => _fields[field] = () => csv.WriteText(value);

    public void Date(RecordField field, DateOnly value) => _fields[field] = () => csv.WriteDate(value);

    public void Instant(RecordField field, DateTimeOffset? value) =>
        _fields[field] = () => csv.WriteExact(value?.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture));

    public void Money(RecordField field, Money value) => _fields[field] = () =>
    {
        csv.WriteAmount(value.Amount);
        csv.WriteExact(value.Currency.Code);
    };

    public void Rate(RecordField field, ExchangeRate? value) => _fields[field] = () =>
    {
        csv.WriteExact(value?.ValueText);
        csv.WriteExact(value?.Base.Code);
        csv.WriteExact(value?.Quote.Code);
        csv.WriteExact(value?.Date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        csv.WriteText(value?.Source);
    };

    public void Texts(RecordField field, IReadOnlyList<string> value) => _fields[field] = () => csv.WriteText(string.Join("; ", value));

    public void Attributes(RecordField field, RecordAttributes value) =>
        _fields[field] = () => csv.WriteText(JsonOutput.Compact(json => RecordJson.WriteAttributes(json, value)));

    public void Source(RecordField field, RecordSource value) => _fields[field] = () =>
    {
        csv.WriteText(value.Name);
        csv.WriteNumber(value.Line);
        csv.WriteNumber(value.ByteOffset);
    };
}
