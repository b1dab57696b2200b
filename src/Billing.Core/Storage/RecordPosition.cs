using System.Buffers.Binary;

namespace Billing.Storage;

/// <summary>The position of a record in the order of records: by date, then key.</summary>
/// <param name="Date">The date of the record.</param>
/// <param name="Key">Its key, ordered by its bytes.</param>
public readonly record struct RecordPosition(DateOnly Date, RecordKey Key) : IComparable<RecordPosition>
{
    private const int Size = sizeof(int) + RecordKey.Size;

    /// <summary>Returns the position of a record.</summary>
    public static RecordPosition Of(BillingRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return new(record.Date, record.Key);
    }

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    /// <exception cref="ArgumentException">The bytes are not a position.</exception>
    internal static RecordPosition Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size || BinaryPrimitives.ReadInt32BigEndian(bytes) is var day && (day < 0 || day > DateOnly.MaxValue.DayNumber))
        {
            throw PageToken.Foreign();
        }

        return new RecordPosition(DateOnly.FromDayNumber(day), new RecordKey(bytes[sizeof(int)..]));
    }

    /// <summary>Returns the position as bytes, for a token.</summary>
    internal byte[] ToBytes()
    {
        byte[] bytes = new byte[Size];
        BinaryPrimitives.WriteInt32BigEndian(bytes, Date.DayNumber);
        Key.CopyTo(bytes.AsSpan(sizeof(int)));
        return bytes;
    }

    /// <summary>Whether the left one comes first.</summary>
    public static bool operator <(RecordPosition left, RecordPosition right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left one comes first, or both are the same.</summary>
    public static bool operator <=(RecordPosition left, RecordPosition right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left one comes last.</summary>
    public static bool operator >(RecordPosition left, RecordPosition right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left one comes last, or both are the same.</summary>
    public static bool operator >=(RecordPosition left, RecordPosition right) => left.CompareTo(right) >= 0;

    /// <inheritdoc/>
    public int CompareTo(RecordPosition other) => Date.CompareTo(other.Date) is var byDate and not 0 ? byDate : Key.CompareTo(other.Key);
}
