using Billing.Fingerprints;

namespace Billing.Amendments;

/// <summary>A record or a row of a run, as a seal covers it. In the order of the source.</summary>
internal readonly record struct SealedItem(long ByteOffset, long Line, Sha256Digest Digest) : IComparable<SealedItem>
{
    public static SealedItem Of(RecordSource source, Sha256Digest digest) => new(source.ByteOffset, source.Line, digest);

    public int CompareTo(SealedItem other) => ByteOffset != other.ByteOffset ? ByteOffset.CompareTo(other.ByteOffset)
        : Line != other.Line ? Line.CompareTo(other.Line)
        : Digest.CompareTo(other.Digest);
}
