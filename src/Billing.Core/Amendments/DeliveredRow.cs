using System.Buffers.Binary;

namespace Billing.Amendments;

/// <summary>A row that a run delivered and another run had stored already, or a row that it put into quarantine.</summary>
internal readonly record struct DeliveredRow(KeyPrefix Key, ulong Content, long Line, long ByteOffset)
{
    /// <summary>What stands for the content of a record: the first eight bytes of its fingerprint.</summary>
    public static ulong ContentOf(Fingerprint fingerprint) => BinaryPrimitives.ReadUInt64BigEndian(fingerprint.ToByteArray());
}
