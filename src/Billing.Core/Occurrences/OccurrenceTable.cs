using System.Numerics;
using System.Runtime.CompilerServices;
using Billing.Fingerprints;

namespace Billing.Occurrences;

/// <summary>A table of counts by digest that grows up to a limit: open addressing over entries that lie side by side, 48 bytes each when full.</summary>
internal sealed class OccurrenceTable
{
    private const int SmallestSlots = 512;

    // 12 KB: growing copies nothing, no array goes to the large object heap, and a run of one message costs little.
    private const int ChunkBits = 8;
    private const int ChunkMask = (1 << ChunkBits) - 1;

    // With four entries in a bucket on average, sorting a bucket costs next to nothing.
    private const int EntriesPerBucket = 4;

    private const int IndexBits = 21;
    private const uint IndexMask = (1u << IndexBits) - 1;

    private readonly int _limit;
    private readonly List<OccurrenceEntry[]> _chunks = [];

    // 0 if the slot is free; else the index of an entry plus one, and above it bits of its digest: a slot of another digest is passed without a look at
    // its entry. At least twice as many slots as entries.
    private uint[] _slots;

    public OccurrenceTable(int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(limit, (int)IndexMask);
        _limit = limit;
        _slots = new uint[SmallestSlots];
    }

    // What Prepare read, so that the reads are not left out as useless.
    private uint _seen;

    public int Count { get; private set; }

    public bool IsFull => Count == _limit;

    /// <summary>Returns the count of a digest, to be read or changed before the next call; a null reference if the table does not have it.</summary>
    /// <param name="slot">Where the digest is or belongs, until the table changes.</param>
    public ref int Find(in Sha256Digest key, out int slot)
    {
        slot = SlotOf(key);
        uint found = _slots[slot];
        return ref found == 0 ? ref Unsafe.NullRef<int>() : ref EntryAt((int)(found & IndexMask) - 1).Count;
    }

    /// <summary>Brings what finding these digests needs into the processor's cache, all at once instead of one after the other.</summary>
    public void Prepare(ReadOnlySpan<Sha256Digest> keys)
    {
        uint[] slots = _slots;
        int mask = slots.Length - 1;
        uint seen = 0;
        foreach (ref readonly Sha256Digest key in keys)
        {
            seen |= slots[(int)key.Spread & mask];
        }

        _seen = seen;
    }

    /// <summary>Adds a digest that the table does not have.</summary>
    /// <param name="slot">Where it belongs, as <see cref="Find"/> said.</param>
    /// <exception cref="InvalidOperationException">The table is full.</exception>
    public void Add(in Sha256Digest key, int count, int slot)
    {
        if (IsFull)
        {
            throw new InvalidOperationException($"The table is full with {Count} entries.");
        }

        if (2 * Count >= _slots.Length)
        {
            Grow();
            slot = SlotOf(key);
        }

        if (Count == _chunks.Count << ChunkBits)
        {
            _chunks.Add(new OccurrenceEntry[1 << ChunkBits]);
        }

        EntryAt(Count) = new OccurrenceEntry(key, count);
        Count++;
        _slots[slot] = SlotFor(key, Count);
    }

    /// <summary>Returns the entries in the order of their digests. Digests are spread evenly, so each goes to its bucket at once.</summary>
    public OccurrenceEntry[] Sorted()
    {
        int bits = Math.Max(1, BitOperations.Log2((uint)Math.Max(1, Count / EntriesPerBucket)));
        int shift = 64 - bits;
        int[] starts = new int[(1 << bits) + 1];
        for (int i = 0; i < Count; i++)
        {
            starts[(int)(EntryAt(i).Key.Prefix >> shift) + 1]++;
        }

        for (int i = 1; i < starts.Length; i++)
        {
            starts[i] += starts[i - 1];
        }

        OccurrenceEntry[] sorted = new OccurrenceEntry[Count];
        int[] next = [.. starts];
        for (int i = 0; i < Count; i++)
        {
            ref OccurrenceEntry entry = ref EntryAt(i);
            sorted[next[(int)(entry.Key.Prefix >> shift)]++] = entry;
        }

        for (int i = 0; i + 1 < starts.Length; i++)
        {
            sorted.AsSpan(starts[i], starts[i + 1] - starts[i]).Sort();
        }

        return sorted;
    }

    public void Clear()
    {
        Count = 0;
        Array.Clear(_slots);
    }

    // The slot comes from the lower bits of the same word, which are independent of the upper ones.
    private static uint SlotFor(in Sha256Digest key, int number) => ((uint)(key.Spread >> 32) & ~IndexMask) | (uint)number;

    private ref OccurrenceEntry EntryAt(int index) => ref _chunks[index >> ChunkBits][index & ChunkMask];

    // The slot that holds the digest, or the free one where it belongs.
    private int SlotOf(in Sha256Digest key)
    {
        uint[] slots = _slots;
        int mask = slots.Length - 1;
        int slot = (int)key.Spread & mask;
        uint bits = SlotFor(key, 0);
        while (slots[slot] is not 0 and var found && ((found & ~IndexMask) != bits || !EntryAt((int)(found & IndexMask) - 1).Key.Equals(key)))
        {
            slot = (slot + 1) & mask;
        }

        return slot;
    }

    private void Grow()
    {
        _slots = new uint[2 * _slots.Length];
        for (int i = 0; i < Count; i++)
        {
            Sha256Digest key = EntryAt(i).Key;
            _slots[SlotOf(key)] = SlotFor(key, i + 1);
        }
    }
}
