using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Billing.Storage;

/// <summary>The place of a record in the order of a <see cref="RecordListQuery"/>: by its value, then date, then key; all of them backwards in a list that is descending.</summary>
public readonly record struct RecordPlace : IComparable<RecordPlace>
{
    private const int AmountSize = 4 * sizeof(int);
    private const int Fixed = AmountSize + sizeof(int) + RecordKey.Size;

    private readonly RecordOrder _order;
    private readonly bool _isDescending;
    private readonly string? _party;

    private RecordPlace(RecordListQuery query, decimal amount, string? party, DateOnly date, RecordKey key)
    {
        _order = query.Order;
        _isDescending = query.IsDescending;
        Amount = amount;
        _party = string.IsNullOrEmpty(party) ? null : party;
        Date = date;
        Key = key;
    }

    /// <summary>The reporting amount where that is the order; otherwise 0.</summary>
    public decimal Amount { get; }

    /// <summary>The party where that is the order, empty for none; otherwise empty.</summary>
    public string Party => _party ?? "";

    /// <summary>The date of the record.</summary>
    public DateOnly Date { get; }

    /// <summary>Its key, ordered by its bytes.</summary>
    public RecordKey Key { get; }

    /// <summary>Returns the place of a record in the order of a list.</summary>
    public static RecordPlace Of(BillingRecord record, RecordListQuery query)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(query);
        return new(query, query.Order == RecordOrder.Amount ? record.ReportingAmount.Amount : 0m, query.Order == RecordOrder.Party ? record.Party : null, record.Date, record.Key);
    }

    /// <summary>Whether the left one comes first.</summary>
    public static bool operator <(RecordPlace left, RecordPlace right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left one comes first, or both are the same.</summary>
    public static bool operator <=(RecordPlace left, RecordPlace right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left one comes last.</summary>
    public static bool operator >(RecordPlace left, RecordPlace right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left one comes last, or both are the same.</summary>
    public static bool operator >=(RecordPlace left, RecordPlace right) => left.CompareTo(right) >= 0;

    /// <inheritdoc/>
    public int CompareTo(RecordPlace other)
    {
        int byValue = _order switch { RecordOrder.Amount => Amount.CompareTo(other.Amount), RecordOrder.Party => UnicodeText.Order.Compare(Party, other.Party), _ => 0 };
        int order = byValue != 0 ? byValue : Date != other.Date ? Date.CompareTo(other.Date) : Key.CompareTo(other.Key);
        return _isDescending ? -order : order;
    }

    /// <summary>Reads what <see cref="ToBytes"/> wrote for the same order.</summary>
    /// <exception cref="ArgumentException">The bytes are not a place.</exception>
    internal static RecordPlace Parse(ReadOnlySpan<byte> bytes, RecordListQuery query)
    {
        if (bytes.Length < Fixed || BinaryPrimitives.ReadInt32BigEndian(bytes[AmountSize..]) is var day && (day < 0 || day > DateOnly.MaxValue.DayNumber))
        {
            throw PageToken.Foreign();
        }

        try
        {
            Span<int> amount = stackalloc int[AmountSize / sizeof(int)];
            bytes[..AmountSize].CopyTo(MemoryMarshal.AsBytes(amount));
            string party = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes[Fixed..]);
            return new(query, new decimal(amount), party, DateOnly.FromDayNumber(day), new RecordKey(bytes[(AmountSize + sizeof(int))..Fixed]));
        }
        catch (ArgumentException)
        {
            throw PageToken.Foreign();
        }
    }

    /// <summary>Returns the place as bytes, for a token.</summary>
    internal byte[] ToBytes()
    {
        byte[] bytes = new byte[Fixed + Encoding.UTF8.GetByteCount(Party)];
        Span<int> amount = stackalloc int[AmountSize / sizeof(int)];
        decimal.GetBits(Amount, amount);
        MemoryMarshal.AsBytes(amount).CopyTo(bytes);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(AmountSize), Date.DayNumber);
        Key.CopyTo(bytes.AsSpan(AmountSize + sizeof(int)));
        Encoding.UTF8.GetBytes(Party, bytes.AsSpan(Fixed));
        return bytes;
    }
}
