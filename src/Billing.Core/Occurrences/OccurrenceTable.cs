using System.Numerics;
using System.Runtime.CompilerServices;
using Billing.Fingerprints;

namespace Billing.Occurrences;

/// <summary>A table of counts by digest that grows up to a limit: open addressing over entries that lie side by side, 44 bytes each when full.</summary>
internal sealed class OccurrenceTable
{
    private const int SmallestCapacity = 1024;

    private readonly int _limit;
    private Sha256Digest[] _keys;
    private int[] _counts;

    // The index of an entry plus one, or 0 if the slot is free; at least twice as many slots as entries.
    private int[] _slots;

    public OccurrenceTable(int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        _limit = limit;
        int capacity = Math.Min(limit, SmallestCapacity);
        _keys = new Sha256Digest[capacity];
        _counts = new int[capacity];
        _slots = new int[SlotsFor(capacity)];
    }

    public int Count { get; private set; }

    public bool IsFull => Count == _limit;

    /// <summary>Returns the count of a digest, to be read or changed before the next call; a null reference if the table does not have it.</summary>
    public ref int Find(in Sha256Digest key)
    {
        int entry = _slots[SlotOf(key)];
        if (entry == 0)
        {
            return ref Unsafe.NullRef<int>();
        }

        return ref _counts[entry - 1];
    }

    /// <summary>Adds a digest that the table does not have.</summary>
    /// <exception cref="InvalidOperationException">The table is full.</exception>
    public void Add(in Sha256Digest key, int count)
    {
        if (IsFull)
        {
            throw new InvalidOperationException($"The table is full with {Count} entries.");
        }

        if (Count == _keys.Length)
        {
            Grow();
        }

        _keys[Count] = key;
        _counts[Count] = count;
        _slots[SlotOf(key)] = ++Count;
    }

    /// <summary>Sorts the entries by digest and returns them. After that, the table can only be cleared.</summary>
    public void Sort(out ReadOnlySpan<Sha256Digest> keys, out ReadOnlySpan<int> counts)
    {
        Array.Sort(_keys, _counts, 0, Count);
        keys = _keys.AsSpan(0, Count);
        counts = _counts.AsSpan(0, Count);
    }

    public void Clear()
    {
        Count = 0;
        Array.Clear(_slots);
    }

    private static int SlotsFor(int capacity) => (int)BitOperations.RoundUpToPowerOf2((uint)capacity * 2);

    // The slot that holds the digest, or the free one where it belongs.
    private int SlotOf(in Sha256Digest key)
    {
        int mask = _slots.Length - 1;
        int slot = (int)key.Spread & mask;
        while (_slots[slot] is not 0 and var entry && !_keys[entry - 1].Equals(key))
        {
            slot = (slot + 1) & mask;
        }

        return slot;
    }

    private void Grow()
    {
        int capacity = (int)Math.Min(_limit, _keys.Length * 2L);
        Array.Resize(ref _keys, capacity);
        Array.Resize(ref _counts, capacity);
        _slots = new int[SlotsFor(capacity)];
        for (int i = 0; i < Count; i++)
        {
            _slots[SlotOf(_keys[i])] = i + 1;
        }
    }
}
