using System.Buffers.Binary;
using System.Text;

namespace Billing.Storage;

/// <summary>Where a record stands in the order of the quarantine: by source, then byte offset, then key.</summary>
internal readonly record struct QuarantinePosition(string Source, long ByteOffset, RecordKey Key) : IComparable<QuarantinePosition>
{
    private const int FixedSize = sizeof(long) + RecordKey.Size;

    /// <summary>The position of a quarantined record.</summary>
    public static QuarantinePosition Of(QuarantinedRecord record) => new(record.Source.Name, record.Source.ByteOffset, record.Key);

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    /// <exception cref="ArgumentException">These are not such bytes.</exception>
    public static QuarantinePosition Parse(ReadOnlySpan<byte> bytes) => bytes.Length < FixedSize
        ? throw PageToken.Foreign()
        : new QuarantinePosition(
            Encoding.UTF8.GetString(bytes[FixedSize..]),
            BinaryPrimitives.ReadInt64BigEndian(bytes),
            new RecordKey(bytes[sizeof(long)..FixedSize]));

    /// <summary>The position as bytes, for a token.</summary>
    public byte[] ToBytes()
    {
        byte[] bytes = new byte[FixedSize + Encoding.UTF8.GetByteCount(Source)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, ByteOffset);
        Key.CopyTo(bytes.AsSpan(sizeof(long)));
        Encoding.UTF8.GetBytes(Source, bytes.AsSpan(FixedSize));
        return bytes;
    }

    /// <inheritdoc/>
    public int CompareTo(QuarantinePosition other)
    {
        int bySource = CodePointOrder.Instance.Compare(Source, other.Source);
        if (bySource != 0)
        {
            return bySource;
        }

        int byOffset = ByteOffset.CompareTo(other.ByteOffset);
        return byOffset != 0 ? byOffset : Key.CompareTo(other.Key);
    }
}
