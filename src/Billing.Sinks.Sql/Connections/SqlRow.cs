using System.Globalization;

namespace Billing.Sinks.Sql.Connections;

/// <summary>The current row of a statement. Where it selects <see cref="RecordColumns"/>, it gives the fields of a record.</summary>
internal abstract class SqlRow : IFieldReader
{
    /// <summary>Whether the column is null.</summary>
    public abstract bool IsNull(int column);

    /// <summary>Bytes, or a text in UTF-8, until the next row; none where the column is null.</summary>
    public abstract ReadOnlySpan<byte> Bytes(int column);

    /// <summary>Returns a text.</summary>
    public abstract string Text(int column);

    /// <summary>Returns a text from a column of identifiers.</summary>
    public abstract string Identifier(int column);

    /// <summary>An integer.</summary>
    public abstract long Int64(int column);

    /// <summary>A date.</summary>
    public abstract DateOnly Date(int column);

    /// <summary>Returns an amount, with its decimals.</summary>
    public abstract decimal Amount(int column);

    /// <summary>A SHA-256 as lower-case hexadecimal digits.</summary>
    public virtual string Hex(int column) => Convert.ToHexStringLower(Bytes(column));

    /// <summary>Returns a text, or null.</summary>
    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    /// <summary>Returns a text from a column of identifiers, or null.</summary>
    public string? IdentifierOrNull(int column) => IsNull(column) ? null : Identifier(column);

    /// <summary>Returns a date, or null.</summary>
    public DateOnly? DateOrNull(int column) => IsNull(column) ? null : Date(column);

    /// <summary>An instant.</summary>
    public DateTimeOffset Instant(int column) => DateTimeOffset.ParseExact(Text(column), "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);

    /// <summary>An instant, or null.</summary>
    public DateTimeOffset? InstantOrNull(int column) => IsNull(column) ? null : Instant(column);

    /// <summary>Returns a record key.</summary>
    public RecordKey Key(int column) => new(Bytes(column));

    /// <summary>Returns a currency.</summary>
    /// <exception cref="BillingException">This version does not know the currency.</exception>
    public virtual Currency Currency(int column) => Known(Text(column));

    RecordKey IFieldReader.Key(RecordField field) => Key(field.Column);

    Fingerprint IFieldReader.Fingerprint(RecordField field) => new(Bytes(field.Column));

    long IFieldReader.Number(RecordField field) => Int64(field.Column);

    string? IFieldReader.Text(RecordField field) => TextOrNull(field.Column);

    string IFieldReader.Identifier(RecordField field) => Identifier(field.Column);

    DateOnly IFieldReader.Date(RecordField field) => Date(field.Column);

    DateTimeOffset? IFieldReader.Instant(RecordField field) => InstantOrNull(field.Column);

    Money IFieldReader.Money(RecordField field) => new(Amount(field.Column), Currency(field.Column + 1));

    ExchangeRate? IFieldReader.Rate(RecordField field, Currency from, Currency to) => TextOrNull(field.Column) is { } rate
        ? ExchangeRate.FromValueText(from, to, rate, DateOrNull(field.Column + 1), Text(field.Column + 2))
        : null;

    IReadOnlyList<string> IFieldReader.Texts(RecordField field) => JsonText.ReadTexts(Bytes(field.Column));

    RecordAttributes IFieldReader.Attributes(RecordField field) => JsonText.ReadAttributes(Bytes(field.Column));

    RecordSource IFieldReader.Source(RecordField field) => new(Identifier(field.Column), Int64(field.Column + 1), Int64(field.Column + 2));

    /// <summary>The currency of a code.</summary>
    /// <exception cref="BillingException">This version does not know the currency.</exception>
    protected static Currency Known(ReadOnlySpan<char> code) => Billing.Currency.TryParse(code, out Currency? currency)
        ? currency
        : throw new BillingException($"The store holds the currency '{code}', which this version does not know. Use the version of Billing that wrote it.");
}
