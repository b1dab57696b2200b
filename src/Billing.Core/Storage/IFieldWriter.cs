namespace Billing.Storage;

/// <summary>Takes the fields of a record, in their order (<see cref="RecordFields.Write"/>).</summary>
internal interface IFieldWriter
{
    void Key(RecordField field, RecordKey value);

    void Fingerprint(RecordField field, Fingerprint value);

    void Number(RecordField field, long value);

    void Text(RecordField field, string? value);

    void Identifier(RecordField field, string value);

    void Date(RecordField field, DateOnly value);

    void Instant(RecordField field, DateTimeOffset? value);

    void Money(RecordField field, Money value);

    void Rate(RecordField field, ExchangeRate? value);

    void Texts(RecordField field, IReadOnlyList<string> value);

    void Attributes(RecordField field, RecordAttributes value);

    void Source(RecordField field, RecordSource value);
}
