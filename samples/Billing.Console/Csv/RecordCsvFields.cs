using System.Globalization;
using Billing.Console.Json;
using Billing.Storage;

namespace Billing.Console.Csv;

/// <summary>Takes the fields of a record, and writes them to a CSV file in the order of its columns. One serves all records of a file.</summary>
internal sealed class RecordCsvFields : IFieldWriter
{
    private readonly CsvFile _csv;
    private readonly Dictionary<RecordField, int> _places = new(RecordFields.All.Count);
    private readonly (string? Value, bool IsText)[] _cells;

    /// <param name="csv">The file.</param>
    /// <param name="order">Every field, in the order of the columns.</param>
    public RecordCsvFields(CsvFile csv, IEnumerable<RecordField> order)
    {
        _csv = csv;
        int cells = 0;
        foreach (RecordField field in order)
        {
            _places.Add(field, cells);
            cells += ColumnsOf(field).Count();
        }

        _cells = new (string?, bool)[cells];
    }

    /// <summary>The names of a field's columns.</summary>
    public static IEnumerable<string> ColumnsOf(RecordField field) =>
        field.Kind == FieldKind.Rate ? [field.Columns[0], "rate_base", "rate_quote", .. field.Columns.Skip(1)] : field.Columns;

    /// <summary>Writes a record as a line.</summary>
    public void Write(BillingRecord record)
    {
        RecordFields.Write(record, this);
        foreach ((string? value, bool isText) in _cells)
        {
            if (isText)
            {
                _csv.WriteText(value);
            }
            else
            {
                _csv.WriteExact(value);
            }
        }

        _csv.EndRow();
    }

    public void Key(RecordField field, RecordKey value) => Exact(field, value.ToString());

    public void Fingerprint(RecordField field, Fingerprint value) => Exact(field, value.ToString());

    public void Number(RecordField field, long value) => Exact(field, value.ToString(CultureInfo.InvariantCulture));

    public void Text(RecordField field, string? value) => Text(field, 0, value);

    public void Identifier(RecordField field, string value) => Text(field, 0, value);

    public void Date(RecordField field, DateOnly value) => Exact(field, DateText(value));

    public void Instant(RecordField field, DateTimeOffset? value) => Exact(field, value?.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture));

    public void Money(RecordField field, Money value) => Exact(field, value.Amount.ToString(CultureInfo.InvariantCulture), value.Currency.Code);

    public void Rate(RecordField field, ExchangeRate? value)
    {
        Exact(field, value?.ValueText, value?.Base.Code, value?.Quote.Code, value?.Date is { } date ? DateText(date) : null);
        Text(field, 4, value?.Source);
    }

    public void Texts(RecordField field, IReadOnlyList<string> value) => Text(field, 0, string.Join("; ", value));

    public void Attributes(RecordField field, RecordAttributes value) => Text(field, 0, JsonOutput.Compact(json => RecordJson.WriteAttributes(json, value)));

    public void Source(RecordField field, RecordSource value)
    {
        Text(field, 0, value.Name);
        int place = _places[field];
        _cells[place + 1] = (value.Line.ToString(CultureInfo.InvariantCulture), false);
        _cells[place + 2] = (value.ByteOffset.ToString(CultureInfo.InvariantCulture), false);
    }

    private static string DateText(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private void Text(RecordField field, int cell, string? value) => _cells[_places[field] + cell] = (value, true);

    private void Exact(RecordField field, params ReadOnlySpan<string?> values)
    {
        int place = _places[field];
        for (int i = 0; i < values.Length; i++)
        {
            _cells[place + i] = (values[i], false);
        }
    }
}
