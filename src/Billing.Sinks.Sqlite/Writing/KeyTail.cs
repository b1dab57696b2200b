using System.Numerics;

namespace Billing.Sinks.Sqlite.Writing;

/// <summary>
/// The newest records, by four bytes of their keys: 8 to 11 bytes of memory per record, and no disk.
/// It returns candidates; the caller compares the keys.
/// </summary>
internal sealed class KeyTail
{
    private const int SmallestCapacity = 1024;

    // Open addressing. A number is the id of the record minus the base; 0 is an empty place.
    private uint[] _tags = [];
    private uint[] _numbers = [];
    private long _base;

    /// <summary>The number of records.</summary>
    public int Count { get; private set; }

    /// <summary>Forgets everything. The next records have ids above <paramref name="after"/>.</summary>
    public void Clear(long after)
    {
        _tags = [];
        _numbers = [];
        _base = after;
        Count = 0;
    }

    /// <summary>Adds a record with the first eight bytes of its key.</summary>
    public void Add(ulong head, long id)
    {
        if (Count >= _numbers.Length - (_numbers.Length / 4))
        {
            Grow();
        }

        Place((uint)head, checked((uint)(id - _base)));
        Count++;
    }

    /// <summary>Returns the id of the next record that may have a key with this head, or 0. <paramref name="place"/> starts at -1.</summary>
    public long Next(ulong head, ref int place)
    {
        if (_numbers.Length == 0)
        {
            return 0;
        }

        uint tag = (uint)head;
        int mask = _numbers.Length - 1;
        place = place < 0 ? Home(tag) : (place + 1) & mask;
        for (; _numbers[place] != 0; place = (place + 1) & mask)
        {
            if (_tags[place] == tag)
            {
                return _base + _numbers[place];
            }
        }

        return 0;
    }

    // Keys are already hashes; the factor spreads invented keys.
    private int Home(uint tag) => (int)((tag * 0x9E3779B1u) >> (BitOperations.LeadingZeroCount((uint)_numbers.Length) + 1));

    private void Place(uint tag, uint number)
    {
        int mask = _numbers.Length - 1;
        int place = Home(tag);
        while (_numbers[place] != 0)
        {
            place = (place + 1) & mask;
        }

        _tags[place] = tag;
        _numbers[place] = number;
    }

    private void Grow()
    {
        (uint[] tags, uint[] numbers) = (_tags, _numbers);
        int capacity = Math.Max(SmallestCapacity, numbers.Length * 2);
        _tags = new uint[capacity];
        _numbers = new uint[capacity];
        for (int i = 0; i < numbers.Length; i++)
        {
            if (numbers[i] != 0)
            {
                Place(tags[i], numbers[i]);
            }
        }
    }
}
