using System.Numerics;

namespace Billing.Runs;

/// <summary>A set of hashes of 64 bits, up to a limit: a table that is half empty, in which nearly every hash is found or missed at the first look.</summary>
/// <param name="most">The maximum number of hashes.</param>
internal sealed class HashedIds(int most)
{
    private const int FirstSlots = 256;

    // Zero is a free slot.
    private const ulong InPlaceOfZero = 1;

    private ulong[] _slots = new ulong[FirstSlots];
    private int _count;

    // What Prepare read, so that the reads are not left out as useless.
    private ulong _seen;

    /// <summary>Brings what adding these hashes needs into the processor's cache, all at once instead of one after the other.</summary>
    public void Prepare(ReadOnlySpan<ulong> hashes)
    {
        int mask = _slots.Length - 1;
        ulong seen = 0;
        foreach (ulong hash in hashes)
        {
            seen |= _slots[(int)hash & mask];
        }

        _seen = seen;
    }

    /// <summary>Adds a hash, if the set is not full.</summary>
    /// <returns>False if the set has it already.</returns>
    public bool Add(ulong hash)
    {
        hash = hash == 0 ? InPlaceOfZero : hash;
        if (2 * _count >= _slots.Length && _count < most)
        {
            Grow();
        }

        ref ulong slot = ref SlotOf(_slots, hash);
        if (slot == hash)
        {
            return false;
        }

        if (_count < most)
        {
            slot = hash;
            _count++;
        }

        return true;
    }

    private static ref ulong SlotOf(ulong[] slots, ulong hash)
    {
        int mask = slots.Length - 1;
        int slot = (int)hash & mask;
        while (slots[slot] != 0 && slots[slot] != hash)
        {
            slot = (slot + 1) & mask;
        }

        return ref slots[slot];
    }

    private void Grow()
    {
        ulong[] grown = new ulong[BitOperations.RoundUpToPowerOf2((uint)_slots.Length * 2)];
        foreach (ulong hash in _slots)
        {
            if (hash != 0)
            {
                SlotOf(grown, hash) = hash;
            }
        }

        _slots = grown;
    }
}
