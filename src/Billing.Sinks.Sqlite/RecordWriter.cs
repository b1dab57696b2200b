using System.Buffers.Binary;
using SQLitePCL;

namespace Billing.Sinks.Sqlite;

/// <summary>Writes batches of records inside a transaction of its caller.</summary>
internal sealed class RecordWriter : IDisposable
{
    private const int KeyHeadSize = sizeof(ulong);
    private const int RecordsBetweenLooksAtCancellation = 64;
    private const string TooBig = "The record has more bytes than SQLite holds in one row. Shorten its texts in the source.";

    private readonly SqliteSession _session;
    private readonly OriginTable _origins;
    private readonly SqliteStatement _insert;
    private readonly SqliteStatement _find;
    private readonly RecordBinder _binder;
    private ulong[] _heads = [];
    private int[] _order = [];

    public RecordWriter(SqliteSession session)
    {
        _session = session;
        _origins = new OriginTable(session);
        int columns = RecordBinder.Columns.Split(',').Length;

        // Only the key may be there already. Whatever else SQLite objects to is an error.
        _insert = session.Prepare($"INSERT INTO records ({RecordBinder.Columns}) VALUES ({string.Join(',', Enumerable.Repeat('?', columns))}) ON CONFLICT (key_head, key_slot) DO NOTHING");
        _find = session.Prepare("SELECT key, fingerprint, origin, key_slot FROM records WHERE key_head = ?1");
        _binder = new RecordBinder(_insert);
    }

    /// <summary>Writes records, each once and only once by its key.</summary>
    /// <returns>One outcome per record, in the order of <paramref name="records"/>.</returns>
    public WriteOutcome[] Write(IReadOnlyList<BillingRecord> records, CancellationToken cancellationToken)
    {
        WriteOutcome[] outcomes = new WriteOutcome[records.Count];
        Sort(records);
        bool expectStored = true;
        for (int i = 0; i < outcomes.Length; i++)
        {
            if (i % RecordsBetweenLooksAtCancellation == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            // Records that are there already tend to come together: a file that is read again. Looking first spares their insert.
            BillingRecord record = records[_order[i]];
            WriteOutcome outcome = expectStored ? Insert(record, slot: 0) : FindOrInsert(record);
            outcomes[_order[i]] = outcome;
            expectStored = outcome.Kind == WriteOutcomeKind.Stored;
        }

        return outcomes;
    }

    /// <summary>Forgets what a transaction that was rolled back has added.</summary>
    public void Forget() => _origins.Forget();

    public void Dispose()
    {
        _binder.Dispose();
        _insert.Dispose();
        _find.Dispose();
        _origins.Dispose();
    }

    // In the order of the keys, so that neighbours in the index are changed together; equal keys stay in the order of the batch.
    private void Sort(IReadOnlyList<BillingRecord> records)
    {
        int count = records.Count;
        if (_order.Length < count)
        {
            _heads = new ulong[count];
            _order = new int[count];
        }

        Span<byte> key = stackalloc byte[RecordKey.Size];
        for (int i = 0; i < count; i++)
        {
            records[i].Key.CopyTo(key);
            _heads[i] = BinaryPrimitives.ReadUInt64BigEndian(key);
            _order[i] = i;
        }

        Array.Sort(_heads, _order, 0, count);
        for (int start = 0, end; start < count; start = end)
        {
            for (end = start + 1; end < count && _heads[end] == _heads[start]; end++)
            {
            }

            Array.Sort(_order, start, end - start);
        }
    }

    private WriteOutcome Insert(BillingRecord record, int slot)
    {
        if (!IsWellFormed(record))
        {
            return WriteOutcome.Refused("The run id, the source's name or the scope has half of a surrogate pair, which is no Unicode text. Correct it.");
        }

        if (_binder.Bind(record, _origins.IdOf(record), slot) is { } refusal)
        {
            return WriteOutcome.Refused(refusal);
        }

        int code = _insert.TryStep();
        _insert.Reset();
        return code switch
        {
            raw.SQLITE_DONE when _session.Changes == 1 => WriteOutcome.Stored,
            raw.SQLITE_DONE => FindOrInsert(record),
            raw.SQLITE_TOOBIG => WriteOutcome.Refused(TooBig),
            _ => throw _session.Error(code),
        };
    }

    private WriteOutcome FindOrInsert(BillingRecord record)
    {
        Span<byte> key = stackalloc byte[RecordKey.Size];
        record.Key.CopyTo(key);
        _find.BindBlob(1, key[..KeyHeadSize]);
        int slot = 0;
        try
        {
            while (_find.Step())
            {
                if (_find.Bytes(0).SequenceEqual(key))
                {
                    return Existing(record);
                }

                slot = Math.Max(slot, _find.Int32(3) + 1);
            }
        }
        finally
        {
            _find.Reset();
        }

        return Insert(record, slot);
    }

    private WriteOutcome Existing(BillingRecord record)
    {
        Fingerprint stored = new(_find.Bytes(1));
        string source = _origins.SourceOf(_find.Int64(2));
        return stored == record.Fingerprint ? WriteOutcome.Duplicate(source) : WriteOutcome.Conflict(source, stored);
    }

    private static bool IsWellFormed(BillingRecord record) =>
        UnicodeText.IsWellFormed(record.RunId) && UnicodeText.IsWellFormed(record.Source.Name) && UnicodeText.IsWellFormed(record.Scope);
}
