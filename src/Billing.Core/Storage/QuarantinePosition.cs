using System.Buffers.Binary;
using System.Text;

namespace Billing.Storage;

/// <summary>The position of a record in the order of the quarantine: by source, then byte offset, then key.</summary>
/// <param name="Source">The name of the source, ordered by <see cref="UnicodeText.Order"/>.</param>
/// <param name="ByteOffset">The byte offset in the source.</param>
/// <param name="Key">The key, ordered by its bytes.</param>
public readonly record struct QuarantinePosition(string Source, long ByteOffset, RecordKey Key) : IComparable<QuarantinePosition>
{
    private const int FixedSize = sizeof(long) + RecordKey.Size;

    /// <summary>Returns the position of a quarantined record.</summary>
    public static QuarantinePosition Of(QuarantinedRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return new(record.Source.Name, record.Source.ByteOffset, record.Key);
    }

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    /// <exception cref="ArgumentException">The bytes are not a position.</exception>
    internal static QuarantinePosition Parse(ReadOnlySpan<byte> bytes) => bytes.Length < FixedSize
        ? throw PageToken.Foreign()
        : new QuarantinePosition(
            Encoding.UTF8.GetString(bytes[FixedSize..]),
            BinaryPrimitives.ReadInt64BigEndian(bytes),
            new RecordKey(bytes[sizeof(long)..FixedSize]));

    /// <summary>Returns the position as bytes, for a token.</summary>
    internal byte[] ToBytes()
    {
        byte[] bytes = new byte[FixedSize + Encoding.UTF8.GetByteCount(Source)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, ByteOffset);
        Key.CopyTo(bytes.AsSpan(sizeof(long)));
        Encoding.UTF8.GetBytes(Source, bytes.AsSpan(FixedSize));
        return bytes;
    }

    /// <summary>Whether the left one comes first.</summary>
    public static bool operator <(QuarantinePosition left, QuarantinePosition right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left one comes first, or both are the same.</summary>
    public static bool operator <=(QuarantinePosition left, QuarantinePosition right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left one comes last.</summary>
    public static bool operator >(QuarantinePosition left, QuarantinePosition right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left one comes last, or both are the same.</summary>
    public static bool operator >=(QuarantinePosition left, QuarantinePosition right) => left.CompareTo(right) >= 0;

    /// <inheritdoc/>
    public int CompareTo(QuarantinePosition other)
    {
        int bySource = UnicodeText.Order.Compare(Source, other.Source);
        if (bySource != 0)
        {
            return bySource;
        }

        int byOffset = ByteOffset.CompareTo(other.ByteOffset);
        return byOffset != 0 ? byOffset : Key.CompareTo(other.Key);
    }
}
