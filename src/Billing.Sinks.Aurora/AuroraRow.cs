using System.Data.Common;
using System.Globalization;
using System.Text;

namespace Billing.Sinks.Aurora;

/// <summary>The current row of a reader. Texts are read as the bytes that they are stored as, whatever the connection's character set.</summary>
internal readonly struct AuroraRow(DbDataReader reader)
{
    /// <summary>Whether the column is null.</summary>
    public bool IsNull(int column) => reader.IsDBNull(column);

    /// <summary>Bytes.</summary>
    public byte[] Bytes(int column) => reader.GetValue(column) switch
    {
        byte[] bytes => bytes,
        string text => Encoding.UTF8.GetBytes(text),
        object other => throw new BillingException($"The driver gives the column '{reader.GetName(column)}' as a {other.GetType().Name}, not as bytes. Take options that change types out of the connection string."),
    };

    /// <summary>A text.</summary>
    public string Text(int column) => reader.GetValue(column) switch
    {
        byte[] bytes => Encoding.UTF8.GetString(bytes),
        string text => text,
        object other => Convert.ToString(other, CultureInfo.InvariantCulture)!,
    };

    /// <summary>A text, or null.</summary>
    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    /// <summary>A whole number.</summary>
    public long Int64(int column) => Convert.ToInt64(reader.GetValue(column), CultureInfo.InvariantCulture);

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
