using System.Buffers.Binary;

namespace Billing.Amendments;

/// <summary>The first sixteen bytes of a key, which stand for it where a run notes what it delivered: no two keys of a ledger share them.</summary>
internal readonly record struct KeyPrefix(UInt128 Bits)
{
    public const int Size = 16;

    public static KeyPrefix Of(RecordKey key)
    {
        Span<byte> bytes = stackalloc byte[RecordKey.Size];
        key.CopyTo(bytes);
        return Read(bytes);
    }

    public static KeyPrefix Read(ReadOnlySpan<byte> bytes) => new(BinaryPrimitives.ReadUInt128BigEndian(bytes));

    public void Write(Span<byte> bytes) => BinaryPrimitives.WriteUInt128BigEndian(bytes, Bits);
}
