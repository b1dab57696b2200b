using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Billing.Fingerprints;

namespace Billing.Amendments;

/// <summary>The SHA-256 over the digests of what a run stored, then of what it put into quarantine, then of what it changed; and how many there are of each.</summary>
internal sealed record SealedContent(string Hash, long Records, long Quarantined, long Changes)
{
    /// <summary>Puts records and rows in their order, and hashes all.</summary>
    public static SealedContent Of(List<SealedItem> records, List<SealedItem> quarantined, IReadOnlyCollection<Sha256Digest> changes)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        records.Sort();
        Append(hash, records);
        return End(hash, records.Count, quarantined, changes);
    }

    /// <summary>Adds rows and changes to what was hashed of the records.</summary>
    public static SealedContent End(IncrementalHash hash, long records, List<SealedItem> quarantined, IReadOnlyCollection<Sha256Digest> changes)
    {
        quarantined.Sort();
        Append(hash, quarantined);
        Span<byte> bytes = stackalloc byte[Sha256Digest.Size];
        foreach (Sha256Digest change in changes)
        {
            change.CopyTo(bytes);
            hash.AppendData(bytes);
        }

        return new SealedContent(Convert.ToHexStringLower(hash.GetHashAndReset()), records, quarantined.Count, changes.Count);
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
