using System.Numerics;

namespace Billing.Sinks.Sqlite.Writing;

/// <summary>
/// The newest records, by the first eight bytes of their keys, with what the sorted tables need of them: 24 to 48 bytes of memory per record, and no disk.
/// It returns candidates; the caller compares the keys.
/// </summary>
internal sealed class KeyTail
{
    private const int SmallestCapacity = 1024;

    // In the order of their ids. The upper half of an entry holds the day; the lower half holds the number, which is the id minus the base.
    private ulong[] _heads = [];
    private ulong[] _entries = [];

    // Open addressing: the place of an entry in the arrays above plus one; 0 is empty.
    private int[] _table = [];
    private long _base;

    // By number. Two keys that begin with the same eight bytes are rare.
    private readonly Dictionary<uint, int> _slots = [];

    /// <summary>The number of records.</summary>
    public int Count { get; private set; }

    /// <summary>Forgets everything. The next records have ids above <paramref name="after"/>.</summary>
    public void Clear(long after)
    {
        _heads = [];
        _entries = [];
        _table = [];
        _slots.Clear();
        _base = after;
        Count = 0;
    }

    /// <summary>Adds a record.</summary>
    /// <param name="head">The first eight bytes of its key.</param>
    /// <param name="slot">Its slot among the records with this head.</param>
    /// <param name="day">The number of the day of its date.</param>
    /// <param name="id">Its id, above all ids that were added before.</param>
    public void Add(ulong head, int slot, int day, long id)
    {
        if (Count == _heads.Length)
        {
            Grow();
        }

        uint number = checked((uint)(id - _base));
        _heads[Count] = head;
        _entries[Count] = ((ulong)(uint)day << 32) | number;
        if (slot != 0)
        {
            _slots.Add(number, slot);
        }

        Place(head, ++Count);
    }

    /// <summary>Returns the id of the next record that may have a key with this head, or 0. <paramref name="place"/> starts at -1.</summary>
    public long Next(ulong head, ref int place)
    {
        if (_table.Length == 0)
        {
            return 0;
        }

        int mask = _table.Length - 1;
        place = place < 0 ? Home(head) : (place + 1) & mask;
        for (; _table[place] is var at and not 0; place = (place + 1) & mask)
        {
            if (_heads[at - 1] == head)
            {
                return IdOf(at - 1);
            }
        }

        return 0;
    }

    /// <summary>Sorts the records by head. From here on they can only be read by position, until they are cleared.</summary>
    public void Sort()
    {
        _table = [];
        Array.Sort(_heads, _entries, 0, Count);
    }

    /// <summary>The head of the record at a position.</summary>
    public ulong HeadOf(int at) => _heads[at];

    /// <summary>The number of the day of the record at a position.</summary>
    public uint DayOf(int at) => (uint)(_entries[at] >> 32);

    /// <summary>The id of the record at a position.</summary>
    public long IdOf(int at) => _base + (uint)_entries[at];

    /// <summary>The slot of the record at a position.</summary>
    public int SlotOf(int at) => _slots.Count == 0 ? 0 : _slots.GetValueOrDefault((uint)_entries[at]);

    // Keys are already hashes; the factor spreads invented keys.
    private int Home(ulong head) => (int)((head * 0x9E3779B97F4A7C15) >> (BitOperations.LeadingZeroCount((ulong)_table.Length) + 1));

    private void Place(ulong head, int value)
    {
        int mask = _table.Length - 1;
        int place = Home(head);
        while (_table[place] != 0)
        {
            place = (place + 1) & mask;
        }

        _table[place] = value;
    }

    // The table has two places for each record.
    private void Grow()
    {
        int capacity = Math.Max(SmallestCapacity, Count * 2);
        Array.Resize(ref _heads, capacity);
        Array.Resize(ref _entries, capacity);
        _table = new int[capacity * 2];
        for (int i = 0; i < Count; i++)
        {
            Place(_heads[i], i + 1);
        }
    }
}
