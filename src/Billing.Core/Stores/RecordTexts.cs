using System.Globalization;
using Billing.Storage;

namespace Billing.Stores;

/// <summary>The fields of a record as texts that lose nothing, without its attributes, and without the run that stored it.</summary>
internal sealed class RecordTexts : IFieldWriter
{
    private readonly List<(string Name, string? Text)> _texts = new(32);

    private RecordTexts()
    {
    }

    /// <summary>The texts, in the order of the fields: of every record the same ones.</summary>
    public IReadOnlyList<(string Name, string? Text)> Texts => _texts;

    /// <summary>Before which text the attributes have their place.</summary>
    public int AttributesAt { get; private set; }

    /// <summary>The texts of a record.</summary>
    public static RecordTexts Of(BillingRecord record)
    {
        RecordTexts texts = new();
        RecordFields.Write(record, texts);
        return texts;
    }

    void IFieldWriter.Key(RecordField field, RecordKey value) => Add(field.JsonName, value.ToString());

    void IFieldWriter.Fingerprint(RecordField field, Fingerprint value) => Add(field.JsonName, value.ToString());

    void IFieldWriter.Number(RecordField field, long value) => Add(field.JsonName, Text(value));

    void IFieldWriter.Text(RecordField field, string? value) => Add(field.JsonName, value);

    void IFieldWriter.Identifier(RecordField field, string value)
    {
        if (field != RecordFields.RunId)
        {
            Add(field.JsonName, value);
        }
    }

    void IFieldWriter.Date(RecordField field, DateOnly value) => Add(field.JsonName, Text(value));

    void IFieldWriter.Instant(RecordField field, DateTimeOffset? value) => Add(field.JsonName, value?.ToString("O", CultureInfo.InvariantCulture));

    void IFieldWriter.Money(RecordField field, Money value)
    {
        Add(RecordField.Camel(field.Columns[0]), value.Amount.ToString(CultureInfo.InvariantCulture));
        Add(RecordField.Camel(field.Columns[1]), value.Currency.Code);
    }

    void IFieldWriter.Rate(RecordField field, ExchangeRate? value)
    {
        Add(field.JsonName + ".rate", value?.ValueText);
        Add(field.JsonName + ".date", value?.Date is { } date ? Text(date) : null);
        Add(field.JsonName + ".source", value?.Source);
    }

    void IFieldWriter.Texts(RecordField field, IReadOnlyList<string> value) => Add(field.JsonName, string.Join(", ", value));

    void IFieldWriter.Attributes(RecordField field, RecordAttributes value) => AttributesAt = _texts.Count;

    void IFieldWriter.Source(RecordField field, RecordSource value)
    {
        Add(field.JsonName + ".name", value.Name);
        Add(field.JsonName + ".line", Text(value.Line));
        Add(field.JsonName + ".byteOffset", Text(value.ByteOffset));
    }

    private void Add(string name, string? text) => _texts.Add((name, text));

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(DateOnly date) => date.ToString("O", CultureInfo.InvariantCulture);
}
