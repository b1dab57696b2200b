using System.Buffers.Binary;
using Billing.Fingerprints;
using Microsoft.Win32.SafeHandles;

namespace Billing.Occurrences;

/// <summary>Counts by digest in a temporary file, sorted by digest. A Bloom filter and the first eight bytes of every 128th digest stay in memory.</summary>
internal sealed class SpilledRun : IDisposable
{
    /// <summary>A digest and a big-endian count of four bytes.</summary>
    public const int EntrySize = Sha256Digest.Size + sizeof(int);

    public const int EntriesPerBlock = 128;

    public const int BlockSize = EntrySize * EntriesPerBlock;

    private readonly SafeFileHandle _file;
    private readonly ulong[] _firstOfBlock;
    private readonly BloomFilter _filter;

    public SpilledRun(SafeFileHandle file, long count, ulong[] firstOfBlock, BloomFilter filter)
    {
        _file = file;
        _firstOfBlock = firstOfBlock;
        _filter = filter;
        Count = count;
    }

    /// <summary>The number of digests.</summary>
    public long Count { get; }

    private int Blocks => (int)((Count + EntriesPerBlock - 1) / EntriesPerBlock);

    /// <summary>Returns the count of a digest, or 0 if the run does not have it.</summary>
    /// <param name="buffer">A buffer for one block.</param>
    public int Find(in Sha256Digest key, Span<byte> buffer)
    {
        if (!_filter.MayHold(key))
        {
            return 0;
        }

        // The block before the first that begins with these eight bytes may hold the digest at its end.
        ReadOnlySpan<ulong> firsts = _firstOfBlock.AsSpan(0, Blocks);
        for (int block = Math.Max(0, LowerBound(firsts, key.Prefix) - 1); block < firsts.Length && firsts[block] <= key.Prefix; block++)
        {
            int count = FindInBlock(key, ReadEntries((long)block * EntriesPerBlock, buffer[..BlockSize]));
            if (count > 0)
            {
                return count;
            }
        }

        return 0;
    }

    /// <summary>Reads entries, starting at index <paramref name="first"/>.</summary>
    /// <returns>The whole entries read: as many as the buffer holds, or fewer at the end.</returns>
    public ReadOnlySpan<byte> ReadEntries(long first, Span<byte> buffer)
    {
        int wanted = (int)Math.Min(buffer.Length / EntrySize, Count - first) * EntrySize;
        int read = 0;
        while (read < wanted)
        {
            int got = RandomAccess.Read(_file, buffer[read..wanted], (first * EntrySize) + read);
            if (got == 0)
            {
                throw new IOException("The temporary file of counted rows is shorter than it was when it was written. Another process may have cut it; run again.");
            }

            read += got;
        }

        return buffer[..wanted];
    }

    /// <summary>Releases the memory of the filter before a merge. After that, the run can only be read in order.</summary>
    public void ReleaseFilter(BloomBlocks blocks) => _filter.Release(blocks);

    public void Dispose() => _file.Dispose();

    public static Sha256Digest KeyOf(ReadOnlySpan<byte> entry) => new(entry[..Sha256Digest.Size]);

    public static int CountOf(ReadOnlySpan<byte> entry) => BinaryPrimitives.ReadInt32BigEndian(entry[Sha256Digest.Size..]);

    private static int FindInBlock(in Sha256Digest key, ReadOnlySpan<byte> entries)
    {
        int low = 0;
        int high = entries.Length / EntrySize;
        while (low < high)
        {
            int middle = (low + high) >> 1;
            ReadOnlySpan<byte> entry = entries.Slice(middle * EntrySize, EntrySize);
            int order = KeyOf(entry).CompareTo(key);
            if (order == 0)
            {
                return CountOf(entry);
            }

            if (order < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return 0;
    }

    private static int LowerBound(ReadOnlySpan<ulong> sorted, ulong value)
    {
        int low = 0;
        int high = sorted.Length;
        while (low < high)
        {
            int middle = (low + high) >> 1;
            if (sorted[middle] < value)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
