using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Billing.Sinks.Sqlite.Writing;

/// <summary>
/// Finds records by key. Keys are hashes, and each lands on a different page: an index that accepts every batch directly
/// would rewrite most of itself with every batch. So the tables <c>record_keys</c> and <c>record_dates</c> take the records of many batches
/// at a time, in their own order; newer records are held in memory. Used inside a transaction that writes.
/// </summary>
internal sealed class KeyIndex : IDisposable
{
    /// <summary>The largest number of records held in memory.</summary>
    public const int MostUnsorted = 1_000_000;

    /// <summary>Up to this many records, a scan is as fast as an index.</summary>
    public const int FewUnsorted = 2_000;

    private const string DateFormat = "yyyy-MM-dd";

    private readonly SqliteSession _session;
    private readonly int _mostUnsorted;
    private readonly SqliteStatement _state;
    private readonly SqliteStatement _newer;
    private readonly SortedKeys _sorted;
    private readonly KeyScan _scan;
    private readonly KeyTail _tail = new();
    private (long Through, long Edits, long Last) _known;

    public KeyIndex(SqliteSession session, int mostUnsorted)
    {
        _session = session;
        _mostUnsorted = mostUnsorted;
        _state = session.Prepare("SELECT through, edits, (SELECT coalesce(max(id), 0) FROM records) FROM record_order");
        _newer = session.Prepare("SELECT id, key, key_slot, date FROM records WHERE id > ?1 ORDER BY id");
        _scan = new KeyScan(session);
        _sorted = new SortedKeys(session, _scan);
    }

    /// <summary>The greatest id of a record.</summary>
    public long Last => _known.Last;

    /// <summary>Returns the first eight bytes of a key, in the order of keys.</summary>
    public static ulong HeadOf(ReadOnlySpan<byte> key) => BinaryPrimitives.ReadUInt64BigEndian(key);

    /// <inheritdoc cref="HeadOf(ReadOnlySpan{byte})"/>
    public static ulong HeadOf(RecordKey key)
    {
        Span<byte> bytes = stackalloc byte[RecordKey.Size];
        key.CopyTo(bytes);
        return HeadOf(bytes);
    }

    /// <summary>Reads what other connections have written. Must be called first in every transaction.</summary>
    public void CatchUp()
    {
        (long through, long edits, long last) = State();
        if (through != _known.Through || edits != _known.Edits || last < _known.Last)
        {
            _tail.Clear(through);
            _known = (through, edits, through);
        }

        if (last > _known.Last)
        {
            _newer.Bind(1, _known.Last);
            try
            {
                while (_newer.Step())
                {
                    _tail.Add(HeadOf(_newer.Bytes(1)), _newer.Int32(2), DayOf(_newer), _newer.Int64(0));
                }
            }
            finally
            {
                _newer.Reset();
            }

            _known.Last = last;
        }
    }

    /// <summary>Looks up the keys of records in the tables. For a key that is not found, <see cref="StoredKey.Slot"/> is the first free slot.</summary>
    /// <returns>One per record, in their order; valid until the next call.</returns>
    public ReadOnlySpan<StoredKey> FindSorted(KeyedRecords records, CancellationToken cancellationToken) =>
        _known.Through > 0 ? _sorted.Find(records, cancellationToken) : _sorted.FindNone(records.Count);

    /// <summary>Looks up a key among the records that are not in the tables yet; <paramref name="free"/> is the first slot that is free in the tables.</summary>
    public StoredKey FindUnsorted(ReadOnlySpan<byte> key, int free)
    {
        ulong head = HeadOf(key);
        int place = -1;
        for (long id = _tail.Next(head, ref place); id != 0; id = _tail.Next(head, ref place))
        {
            if (_scan.ReadAlone(id, key, ref free) is { } found)
            {
                return found;
            }
        }

        return StoredKey.None(free);
    }

    /// <summary>Adds a record that was just inserted, with the id after <see cref="Last"/>.</summary>
    public void Add(RecordKey key, int slot, DateOnly date) => _tail.Add(HeadOf(key), slot, date.DayNumber, ++_known.Last);

    /// <summary>Sorts records into the tables if too many are in memory.</summary>
    public void SortIfMany()
    {
        if (_tail.Count >= _mostUnsorted)
        {
            Sort();
        }
    }

    /// <summary>Sorts records into the tables unless they are few, because no more will be written soon.</summary>
    public void SortUnlessFew()
    {
        CatchUp();
        if (_tail.Count > FewUnsorted)
        {
            Sort();
        }
    }

    /// <summary>Forgets everything, because a transaction was rolled back.</summary>
    public void Forget()
    {
        _tail.Clear(0);
        _known = default;
    }

    public void Dispose()
    {
        _state.Dispose();
        _newer.Dispose();
        _sorted.Dispose();
        _scan.Dispose();
    }

    private void Sort()
    {
        new KeySorter(_session, _tail).Sort();
        long last = _known.Last;
        _tail.Clear(last);
        _known.Through = last;
    }

    private static int DayOf(SqliteStatement row)
    {
        Span<char> text = stackalloc char[DateFormat.Length];
        ReadOnlySpan<byte> bytes = row.Bytes(3);
        return bytes.Length == text.Length
            && Encoding.UTF8.GetChars(bytes, text) == text.Length
            && DateOnly.TryParseExact(text, DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date)
            ? date.DayNumber
            : throw new BillingException($"The record with the id {row.Int64(0)} has the date '{row.Text(3)}', which is not a date in the format yyyy-MM-dd. Correct it in the table records.");
    }

    private (long Through, long Edits, long Last) State()
    {
        try
        {
            return _state.Step() ? (_state.Int64(0), _state.Int64(1), _state.Int64(2)) : throw new BillingException("The table record_order of the ledger has no row, so it cannot be known what is stored. Restore the file from a backup.");
        }
        finally
        {
            _state.Reset();
        }
    }
}
