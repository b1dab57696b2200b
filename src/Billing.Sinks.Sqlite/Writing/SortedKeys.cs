using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Billing.Sinks.Sqlite.Writing;

/// <summary>
/// Looks up the keys of a batch in <c>record_keys</c>: first all ids, in the order of the keys, and then the records, in the order of the
/// ids, so that each page of either table is visited only once.
/// </summary>
internal sealed class SortedKeys : IDisposable
{
    private const int KeysBetweenLooksAtCancellation = 64;

    private readonly SqliteStatement _ids;
    private readonly KeyReader _reader;
    private readonly List<long> _candidates = [];
    private readonly List<int> _places = [];
    private ulong[] _heads = [];
    private int[] _order = [];
    private StoredKey[] _found = [];

    /// <param name="reader">Reads the records; the caller disposes it.</param>
    public SortedKeys(SqliteSession session, KeyReader reader)
    {
        _reader = reader;
        _ids = session.Prepare("SELECT id FROM record_keys WHERE head = ?1");
    }

    /// <summary>Returns what is stored under the key of each record. For a key that is not found, <see cref="StoredKey.Slot"/> is the first free slot.</summary>
    /// <returns>One per record, in their order; valid until the next call.</returns>
    public ReadOnlySpan<StoredKey> Find(IReadOnlyList<BillingRecord> records, CancellationToken cancellationToken)
    {
        int count = records.Count;
        Clear(count);
        for (int i = 0; i < count; i++)
        {
            _heads[i] = KeyIndex.HeadOf(records[i].Key);
            _order[i] = i;
        }

        Array.Sort(_heads, _order, 0, count);
        FindIds(count, cancellationToken);
        if (_candidates.Count > 0)
        {
            FindRecords(records, cancellationToken);
        }

        return _found.AsSpan(0, count);
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

    private void FindIds(int count, CancellationToken cancellationToken)
    {
        _candidates.Clear();
        _places.Clear();
        Span<byte> head = stackalloc byte[sizeof(ulong)];
        for (int i = 0; i < count; i++)
        {
            if (i % KeysBetweenLooksAtCancellation == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            BinaryPrimitives.WriteUInt64BigEndian(head, _heads[i]);
            _ids.BindBlob(1, head);
            try
            {
                while (_ids.Step())
                {
                    _candidates.Add(_ids.Int64(0));
                    _places.Add(_order[i]);
                }
            }
            finally
            {
                _ids.Reset();
            }
        }
    }

    private void FindRecords(IReadOnlyList<BillingRecord> records, CancellationToken cancellationToken)
    {
        Span<long> candidates = CollectionsMarshal.AsSpan(_candidates);
        Span<int> places = CollectionsMarshal.AsSpan(_places);
        candidates.Sort(places);
        Span<byte> key = stackalloc byte[RecordKey.Size];
        for (int i = 0; i < candidates.Length; i++)
        {
            if (i % KeysBetweenLooksAtCancellation == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            ref StoredKey found = ref _found[places[i]];
            if (!found.Found)
            {
                records[places[i]].Key.CopyTo(key);
                int free = found.Slot;
                found = _reader.Read(candidates[i], key, ref free) ?? StoredKey.None(free);
            }
        }
    }
}
