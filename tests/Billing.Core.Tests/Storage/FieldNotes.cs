using Billing.Storage;

namespace Billing.Core.Tests.Storage;

/// <summary>Notes the fields of a record, and gives them back.</summary>
internal sealed class FieldNotes : IFieldWriter, IFieldReader
{
    private readonly List<(RecordField Field, FieldKind Kind, object? Value)> _notes = [];

    public IReadOnlyList<(RecordField Field, FieldKind Kind, object? Value)> Notes => _notes;

    public void Key(RecordField field, RecordKey value) => _notes.Add((field, FieldKind.Key, value));

    public void Fingerprint(RecordField field, Fingerprint value) => _notes.Add((field, FieldKind.Fingerprint, value));

    public void Number(RecordField field, long value) => _notes.Add((field, FieldKind.Number, value));

    public void Text(RecordField field, string? value) => _notes.Add((field, FieldKind.Text, value));

    public void Identifier(RecordField field, string value) => _notes.Add((field, FieldKind.Identifier, value));

    public void Date(RecordField field, DateOnly value) => _notes.Add((field, FieldKind.Date, value));

    public void Instant(RecordField field, DateTimeOffset? value) => _notes.Add((field, FieldKind.Instant, value));

    public void Money(RecordField field, Money value) => _notes.Add((field, FieldKind.Money, value));

    public void Rate(RecordField field, ExchangeRate? value) => _notes.Add((field, FieldKind.Rate, value));

    public void Texts(RecordField field, IReadOnlyList<string> value) => _notes.Add((field, FieldKind.Texts, value));

    public void Attributes(RecordField field, RecordAttributes value) => _notes.Add((field, FieldKind.Attributes, value));

    public void Source(RecordField field, RecordSource value) => _notes.Add((field, FieldKind.Source, value));

    public RecordKey Key(RecordField field) => Of<RecordKey>(field);

    public Fingerprint Fingerprint(RecordField field) => Of<Fingerprint>(field);

    public long Number(RecordField field) => Of<long>(field);

    public string? Text(RecordField field) => Of<string?>(field);

    public string Identifier(RecordField field) => Of<string>(field);

    public DateOnly Date(RecordField field) => Of<DateOnly>(field);

    public DateTimeOffset? Instant(RecordField field) => Of<DateTimeOffset?>(field);

    public Money Money(RecordField field) => Of<Money>(field);

    public ExchangeRate? Rate(RecordField field, Currency from, Currency to) => Of<ExchangeRate?>(field);

    public IReadOnlyList<string> Texts(RecordField field) => Of<IReadOnlyList<string>>(field);

    public RecordAttributes Attributes(RecordField field) => Of<RecordAttributes>(field);

    public RecordSource Source(RecordField field) => Of<RecordSource>(field);

    private T Of<T>(RecordField field) => (T)_notes.Single(note => note.Field == field).Value!;
}
