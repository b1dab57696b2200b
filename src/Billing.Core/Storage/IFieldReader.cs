namespace Billing.Storage;

/// <summary>Gives the fields of a record (<see cref="RecordFields.Read"/>), in any order.</summary>
internal interface IFieldReader
{
    RecordKey Key(RecordField field);

    Fingerprint Fingerprint(RecordField field);

    long Number(RecordField field);

    string? Text(RecordField field);

    string Identifier(RecordField field);

    DateOnly Date(RecordField field);

    DateTimeOffset? Instant(RecordField field);

    Money Money(RecordField field);

    /// <summary>The rate from <paramref name="from"/> to <paramref name="to"/>, or null.</summary>
    ExchangeRate? Rate(RecordField field, Currency from, Currency to);

    IReadOnlyList<string> Texts(RecordField field);

    RecordAttributes Attributes(RecordField field);

    RecordSource Source(RecordField field);
}
