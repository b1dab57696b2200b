using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Billing.Sinks.Sqlite.Writing;

/// <summary>
/// Finds the keys of a batch that are in the tables. A source that is ingested again brings its rows in the order in which they were stored,
/// so the records behind those that were found last are read first. The keys that are not there are looked up in <c>record_keys</c>: first
/// all ids, in the order of the keys, and then the records, in the order of the ids, so that each page of either table is visited only once.
/// </summary>
internal sealed class SortedKeys : IDisposable
{
    // A statement that looks up many keys costs less per key.
    private const int KeysAtOnce = 64;

    // After so many records in a row whose keys are not in the batch, the batch brings other records.
    private const int MostStrangers = 16;

    private readonly SqliteStatement _ids;
    private readonly KeyScan _scan;
    private readonly List<long> _candidates = [];
    private readonly List<int> _places = [];
    private ulong[] _heads = [];
    private int[] _order = [];
    private StoredKey[] _found = [];

    // The last row of a batch that was found, and the id of its record; 0 before the first.
    private int _lastPlace;
    private long _lastId;

    /// <param name="scan">Reads the records; the caller disposes it.</param>
    public SortedKeys(SqliteSession session, KeyScan scan)
    {
        string heads = string.Join(", ", Enumerable.Range(0, KeysAtOnce).Select(at => string.Create(CultureInfo.InvariantCulture, $"({at}, ?{at + 1})")));
        _ids = session.Prepare($"WITH keys (place, head) AS (VALUES {heads}) SELECT keys.place, k.id FROM keys CROSS JOIN record_keys AS k ON k.head = keys.head");
        _scan = scan;
    }

    /// <summary>Returns what is stored under the key of each record. For a key that is not found, <see cref="StoredKey.Slot"/> is the first free slot.</summary>
    /// <returns>One per record, in their order; valid until the next call.</returns>
    public ReadOnlySpan<StoredKey> Find(KeyedRecords records, CancellationToken cancellationToken)
    {
        Clear(records.Count);
        for (int i = 0; i < records.Count; i++)
        {
            _heads[i] = KeyIndex.HeadOf(records.KeyAt(i));
            _order[i] = i;
        }

        Array.Sort(_heads, _order, 0, records.Count);
        try
        {
            int missing = Follow(records, cancellationToken);
            FindIds(missing, cancellationToken);
            FindRecords(records, cancellationToken);
        }
        finally
        {
            _scan.End();
        }

        return _found.AsSpan(0, records.Count);
    }

    /// <summary>Returns the answer to <see cref="Find"/> if the table is empty.</summary>
    public ReadOnlySpan<StoredKey> FindNone(int count)
    {
        Clear(count);
        return _found.AsSpan(0, count);
    }

    public void Dispose() => _ids.Dispose();

    private void Clear(int count)
    {
        if (_found.Length < count)
        {
            _heads = new ulong[count];
            _order = new int[count];
            _found = new StoredKey[count];
        }
        else
        {
            Array.Clear(_found, 0, count);
        }
    }

    // Leaves those that were not found in the arrays, and returns their number.
    private int Follow(KeyedRecords records, CancellationToken cancellationToken)
    {
        int missing = records.Count;
        int strangers = 0;
        _lastPlace = -1;
        for (long? id = _lastId == 0 ? null : _scan.MoveTo(_lastId + 1); id is { } current && missing > 0 && strangers < MostStrangers; id = _scan.MoveTo(current + 1))
        {
            cancellationToken.ThrowIfCancellationRequested();
            int recognised = Recognise(records, current);
            missing -= recognised;
            strangers = recognised > 0 ? 0 : strangers + 1;
        }

        _scan.End();
        return missing == records.Count ? missing : KeepMissing(records.Count);
    }

    // The number of rows that have the key of the current record.
    private int Recognise(KeyedRecords records, long id)
    {
        ReadOnlySpan<ulong> heads = _heads.AsSpan(0, records.Count);
        ulong head = _scan.Head();
        int at = heads.BinarySearch(head);
        while (at > 0 && heads[at - 1] == head)
        {
            at--;
        }

        int recognised = 0;
        for (; at >= 0 && at < heads.Length && heads[at] == head; at++)
        {
            recognised += Read(records, _order[at], id) ? 1 : 0;
        }

        return recognised;
    }

    private int KeepMissing(int count)
    {
        int missing = 0;
        for (int i = 0; i < count; i++)
        {
            if (!_found[_order[i]].Found)
            {
                _heads[missing] = _heads[i];
                _order[missing++] = _order[i];
            }
        }

        return missing;
    }

    private void FindIds(int count, CancellationToken cancellationToken)
    {
        _candidates.Clear();
        _places.Clear();
        Span<byte> head = stackalloc byte[sizeof(ulong)];
        for (int from = 0; from < count; from += KeysAtOnce)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (int i = 0; i < KeysAtOnce; i++)
            {
                if (from + i < count)
                {
                    BinaryPrimitives.WriteUInt64BigEndian(head, _heads[from + i]);
                    _ids.BindBlob(i + 1, head);
                }
                else
                {
                    _ids.BindNull(i + 1);
                }
            }

            try
            {
                while (_ids.Step())
                {
                    _candidates.Add(_ids.Int64(1));
                    _places.Add(_order[from + _ids.Int32(0)]);
                }
            }
            finally
            {
                _ids.Reset();
            }
        }
    }

    private void FindRecords(KeyedRecords records, CancellationToken cancellationToken)
    {
        Span<long> candidates = CollectionsMarshal.AsSpan(_candidates);
        Span<int> places = CollectionsMarshal.AsSpan(_places);
        candidates.Sort(places);
        for (int i = 0; i < candidates.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!_found[places[i]].Found && _scan.MoveTo(candidates[i]) == candidates[i])
            {
                _ = Read(records, places[i], candidates[i]);
            }
        }
    }

    // Whether the current record has the key of the row.
    private bool Read(KeyedRecords records, int place, long id)
    {
        Span<byte> key = stackalloc byte[RecordKey.Size];
        records.KeyAt(place).CopyTo(key);
        ref StoredKey found = ref _found[place];
        int free = found.Slot;
        found = _scan.Read(key, ref free) ?? StoredKey.None(free);
        if (found.Found && place > _lastPlace)
        {
            _lastPlace = place;
            _lastId = id;
        }

        return found.Found;
    }
}
