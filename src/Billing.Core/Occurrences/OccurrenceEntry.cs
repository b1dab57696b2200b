using Billing.Fingerprints;

namespace Billing.Occurrences;

/// <summary>A digest, and how often it was counted. Ordered by digest.</summary>
/// <param name="key">The digest.</param>
/// <param name="count">How often it was counted.</param>
internal struct OccurrenceEntry(Sha256Digest key, int count) : IComparable<OccurrenceEntry>
{
    public readonly Sha256Digest Key = key;

    public int Count = count;

    public readonly int CompareTo(OccurrenceEntry other) => Key.CompareTo(other.Key);
}
