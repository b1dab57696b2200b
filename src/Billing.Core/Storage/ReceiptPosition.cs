using System.Buffers.Binary;

namespace Billing.Storage;

/// <summary>Where a receipt stands in the listing: the last uploaded first, then by id.</summary>
internal readonly record struct ReceiptPosition(DateTimeOffset UploadedAt, RecordKey Id) : IComparable<ReceiptPosition>
{
    private const int Size = sizeof(long) + RecordKey.Size;

    /// <summary>The position of a receipt.</summary>
    public static ReceiptPosition Of(Receipt receipt) => new(receipt.UploadedAt, RecordKey.Parse(receipt.Id));

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    /// <exception cref="ArgumentException">These are not such bytes.</exception>
    public static ReceiptPosition Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size || BinaryPrimitives.ReadInt64BigEndian(bytes) is var ticks && (ticks < 0 || ticks > DateTimeOffset.MaxValue.Ticks))
        {
            throw StorePages.ForeignToken();
        }

        return new ReceiptPosition(new DateTimeOffset(ticks, TimeSpan.Zero), new RecordKey(bytes[sizeof(long)..]));
    }

    /// <summary>The position as bytes, for a token.</summary>
    public byte[] ToBytes()
    {
        byte[] bytes = new byte[Size];
        BinaryPrimitives.WriteInt64BigEndian(bytes, UploadedAt.UtcTicks);
        Id.CopyTo(bytes.AsSpan(sizeof(long)));
        return bytes;
    }

    /// <inheritdoc/>
    public int CompareTo(ReceiptPosition other) => other.UploadedAt.CompareTo(UploadedAt) is var byTime and not 0 ? byTime : Id.CompareTo(other.Id);
}
