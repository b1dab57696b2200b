using System.Data.Common;

namespace Billing.Sinks.Sql;

/// <summary>The current row of a reader.</summary>
internal readonly struct SqlRow(DbDataReader reader, SqlDialect dialect)
{
    /// <summary>Whether the column is null.</summary>
    public bool IsNull(int column) => reader.IsDBNull(column);

    /// <summary>Bytes.</summary>
    public byte[] Bytes(int column) => reader.GetFieldValue<byte[]>(column);

    /// <summary>Bytes; none where the column is null.</summary>
    public byte[] BytesOrNone(int column) => IsNull(column) ? [] : Bytes(column);

    /// <summary>A text.</summary>
    public string Text(int column) => dialect.ReadText(reader, column);

    /// <summary>A text, or null.</summary>
    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    /// <summary>A text from a column of identifiers.</summary>
    public string Identifier(int column) => dialect.ReadIdentifier(reader, column);

    /// <summary>A text from a column of identifiers, or null.</summary>
    public string? IdentifierOrNull(int column) => IsNull(column) ? null : Identifier(column);

    /// <summary>A whole number.</summary>
    public long Int64(int column) => reader.GetInt64(column);

    /// <summary>A date.</summary>
    public DateOnly Date(int column) => reader.GetFieldValue<DateOnly>(column);

    /// <summary>A date, or null.</summary>
    public DateOnly? DateOrNull(int column) => IsNull(column) ? null : Date(column);

    /// <summary>A record key.</summary>
    public RecordKey Key(int column) => new(Bytes(column));

    /// <summary>An amount, with its decimals.</summary>
    public decimal Amount(int column) => dialect.ReadAmount(reader, column);

    /// <summary>A currency.</summary>
    /// <exception cref="BillingException">It is none that this version knows.</exception>
    public Currency Currency(int column) => Billing.Currency.TryParse(Text(column), out Currency? currency)
        ? currency
        : throw new BillingException($"The store holds the currency '{Text(column)}', which this version does not know. Use the version of Billing that wrote it.");
}
