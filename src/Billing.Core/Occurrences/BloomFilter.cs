using Billing.Fingerprints;

namespace Billing.Occurrences;

/// <summary>A Bloom filter that tells whether a run may hold a digest. It takes 6 to 7 bits per digest. For one in eighteen digests that the run does not hold it says yes, which costs one read of a file.</summary>
/// <remarks>The bits are in blocks of equal size that come from a pool, to which they return: a <see cref="BloomBlocks"/>, so that merging runs does not need the memory twice.</remarks>
internal sealed class BloomFilter
{
    public const int BitsPerKey = 6;

    // The best number for 6 bits per key: 6 * ln 2.
    private const int Probes = 4;

    private readonly ulong[][] _blocks;

    public BloomFilter(long keys, BloomBlocks blocks)
    {
        long needed = ((keys * BitsPerKey) + BloomBlocks.BitsPerBlock - 1) / BloomBlocks.BitsPerBlock;
        _blocks = new ulong[Math.Max(1, needed)][];
        for (int i = 0; i < _blocks.Length; i++)
        {
            _blocks[i] = blocks.Rent();
        }
    }

    public void Add(in Sha256Digest key)
    {
        ulong[] block = BlockOf(key);
        (uint bit, uint step) = Start(key);
        for (int i = 0; i < Probes; i++)
        {
            block[(bit % BloomBlocks.BitsPerBlock) >> 6] |= 1UL << (int)(bit & 63);
            bit += step;
        }
    }

    /// <summary>Returns false if the digest was certainly not added.</summary>
    public bool MayHold(in Sha256Digest key)
    {
        ulong[] block = BlockOf(key);
        (uint bit, uint step) = Start(key);
        for (int i = 0; i < Probes; i++)
        {
            if ((block[(bit % BloomBlocks.BitsPerBlock) >> 6] & (1UL << (int)(bit & 63))) == 0)
            {
                return false;
            }

            bit += step;
        }

        return true;
    }

    /// <summary>Returns the blocks to the pool. The filter cannot be used after that.</summary>
    public void Release(BloomBlocks blocks)
    {
        foreach (ulong[] block in _blocks)
        {
            blocks.Return(block);
        }
    }

    // Block and bits come from different words of the digest, so that they are independent.
    private ulong[] BlockOf(in Sha256Digest key) => _blocks[(int)Math.BigMul(key.Prefix, (ulong)_blocks.Length, out _)];

    // Double hashing; an odd step never returns to a bit within a block whose size is a power of two.
    private static (uint Bit, uint Step) Start(in Sha256Digest key) => ((uint)key.Spread, (uint)(key.Spread >> 32) | 1);
}
