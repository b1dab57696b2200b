using System.Globalization;
using System.Text;
using MySqlConnector;

namespace Billing.Sinks.Aurora;

/// <summary>The current row of a reader.</summary>
internal readonly struct AuroraRow(MySqlDataReader reader)
{
    /// <summary>Whether the column is null.</summary>
    public bool IsNull(int column) => reader.IsDBNull(column);

    /// <summary>Bytes.</summary>
    public byte[] Bytes(int column) => reader.GetFieldValue<byte[]>(column);

    /// <summary>A text.</summary>
    public string Text(int column) => reader.GetString(column);

    /// <summary>A text, or null.</summary>
    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    /// <summary>A text from a column of bytes: they are UTF-8.</summary>
    public string Utf8(int column) => Encoding.UTF8.GetString(Bytes(column));

    /// <summary>A text from a column of bytes, or null.</summary>
    public string? Utf8OrNull(int column) => IsNull(column) ? null : Utf8(column);

    /// <summary>A whole number.</summary>
    public long Int64(int column) => reader.GetInt64(column);

    /// <summary>A date.</summary>
    public DateOnly Date(int column) => reader.GetDateOnly(column);

    /// <summary>A date, or null.</summary>
    public DateOnly? DateOrNull(int column) => IsNull(column) ? null : Date(column);

    /// <summary>A record key.</summary>
    public RecordKey Key(int column) => new(Bytes(column));

    /// <summary>An amount, from its text with 28 decimals and its scale.</summary>
    public decimal Amount(int text, int scale)
    {
        const int StoredScale = 28;
        ReadOnlySpan<char> digits = Text(text);
        int surplus = StoredScale - (int)Int64(scale);
        return decimal.Parse(digits[..^(surplus == StoredScale ? StoredScale + 1 : surplus)], NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
    }
}
