using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Billing.Fingerprints;

namespace Billing.Amendments;

/// <summary>The SHA-256 over the digests of what a run stored, then of what it put into quarantine, then of what it changed; and how many there are of each.</summary>
internal sealed record SealedContent(string Hash, long Records, long Quarantined, long Changes, SealMarks Marks)
{
    /// <summary>Puts records and rows in their order, and hashes all.</summary>
    public static SealedContent Of(List<SealedItem> records, List<SealedItem> quarantined, IReadOnlyCollection<Sha256Digest> changes)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        SealMarks marks = new();
        records.Sort();
        Append(hash, records);
        marks.Add(records, areQuarantined: false);
        return End(hash, marks, quarantined, changes);
    }

    /// <summary>Adds rows and changes to what was hashed of the records.</summary>
    public static SealedContent End(IncrementalHash hash, SealMarks records, List<SealedItem> quarantined, IReadOnlyCollection<Sha256Digest> changes)
    {
        int count = records.Count;
        quarantined.Sort();
        Append(hash, quarantined);
        records.Add(quarantined, areQuarantined: true);
        Span<byte> bytes = stackalloc byte[Sha256Digest.Size];
        foreach (Sha256Digest change in changes)
        {
            change.CopyTo(bytes);
            hash.AppendData(bytes);
        }

        return new SealedContent(Convert.ToHexStringLower(hash.GetHashAndReset()), count, quarantined.Count, changes.Count, records);
    }

    public static void Append(IncrementalHash hash, List<SealedItem> items)
    {
        const int atOnce = 64;
        Span<byte> bytes = stackalloc byte[atOnce * Sha256Digest.Size];
        Span<SealedItem> all = CollectionsMarshal.AsSpan(items);
        for (int from = 0; from < all.Length; from += atOnce)
        {
            int count = Math.Min(atOnce, all.Length - from);
            for (int i = 0; i < count; i++)
            {
                all[from + i].Digest.CopyTo(bytes[(i * Sha256Digest.Size)..]);
            }

            hash.AppendData(bytes[..(count * Sha256Digest.Size)]);
        }
    }
}
