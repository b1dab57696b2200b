using System.Buffers.Binary;
using Billing.Storage;

namespace Billing;

/// <summary>The position of a receipt in the listing: the last uploaded first, then by id. For authors of stores of receipts.</summary>
/// <param name="UploadedAt">When the receipt was first uploaded.</param>
/// <param name="Id">The receipt's id as a key.</param>
public readonly record struct ReceiptPosition(DateTimeOffset UploadedAt, RecordKey Id)
{
    private const int Size = sizeof(long) + RecordKey.Size;

    /// <summary>Returns the position of a receipt.</summary>
    public static ReceiptPosition Of(Receipt receipt)
    {
        ArgumentNullException.ThrowIfNull(receipt);
        return new ReceiptPosition(receipt.UploadedAt, RecordKey.Parse(receipt.Id));
    }

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    /// <exception cref="ArgumentException">The bytes are not a position.</exception>
    public static ReceiptPosition Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size || BinaryPrimitives.ReadInt64BigEndian(bytes) is var ticks && (ticks < 0 || ticks > DateTimeOffset.MaxValue.Ticks))
        {
            throw StorePages.ForeignToken();
        }

        return new ReceiptPosition(new DateTimeOffset(ticks, TimeSpan.Zero), new RecordKey(bytes[sizeof(long)..]));
    }

    /// <summary>The position as 40 bytes, for a continuation token.</summary>
    public byte[] ToBytes()
    {
        byte[] bytes = new byte[Size];
        BinaryPrimitives.WriteInt64BigEndian(bytes, UploadedAt.UtcTicks);
        Id.CopyTo(bytes.AsSpan(sizeof(long)));
        return bytes;
    }

    /// <summary>Whether this comes after another one in the listing.</summary>
    public bool IsAfter(ReceiptPosition other) => UploadedAt == other.UploadedAt ? Id.CompareTo(other.Id) > 0 : UploadedAt < other.UploadedAt;
}
