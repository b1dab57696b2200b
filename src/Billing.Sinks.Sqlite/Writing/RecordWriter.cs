using SQLitePCL;

namespace Billing.Sinks.Sqlite.Writing;

/// <summary>Writes batches of records inside a transaction of its caller.</summary>
internal sealed class RecordWriter : IDisposable
{
    private const int RecordsBetweenLooksAtCancellation = 64;
    private const string TooBig = "The record has more bytes than SQLite can hold in one row. Shorten its texts in the source.";

    private readonly SqliteSession _session;
    private readonly OriginTable _origins;
    private readonly KeyIndex _keys;
    private readonly SqliteStatement _insert;
    private readonly RecordBinder _binder;
    private readonly SqliteStatement _trust;
    private readonly SqliteStatement _distrust;
    private ulong[] _heads = [];
    private int[] _order = [];
    private StoredKey[] _sorted = [];

    public RecordWriter(SqliteSession session, int mostUnsorted)
    {
        _session = session;
        _origins = new OriginTable(session);
        _keys = new KeyIndex(session, mostUnsorted);
        _insert = session.Prepare($"INSERT INTO records ({string.Join(", ", RecordBinder.Columns)}) VALUES ({string.Join(", ", Enumerable.Repeat('?', RecordBinder.Columns.Count))})");
        _binder = new RecordBinder(_insert);

        // The triggers check the inserts of all other programs (EditSchema). An exception undoes both statements.
        _trust = session.Prepare("UPDATE record_order SET writing = 1");
        _distrust = session.Prepare("UPDATE record_order SET writing = 0");
    }

    /// <summary>Writes records, each once and only once by its key.</summary>
    /// <returns>One outcome per record, in the order of <paramref name="records"/>.</returns>
    public WriteOutcome[] Write(IReadOnlyList<BillingRecord> records, CancellationToken cancellationToken)
    {
        // No other program writes during this transaction: a key that is not found now does not exist when it is inserted.
        _keys.CatchUp();
        LookAmongSorted(records, cancellationToken);
        _trust.Run();
        WriteOutcome[] outcomes = new WriteOutcome[records.Count];
        for (int i = 0; i < outcomes.Length; i++)
        {
            if (i % RecordsBetweenLooksAtCancellation == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            outcomes[i] = Write(records[i], _sorted[i]);
        }

        _distrust.Run();
        _keys.SortIfMany();
        return outcomes;
    }

    /// <summary>Makes the file fast to read, because this run writes no more.</summary>
    public void Settle() => _keys.SortUnlessFew();

    /// <summary>Forgets what a rolled-back transaction added.</summary>
    public void Forget()
    {
        _origins.Forget();
        _keys.Forget();
    }

    public void Dispose()
    {
        _trust.Dispose();
        _distrust.Dispose();
        _binder.Dispose();
        _insert.Dispose();
        _keys.Dispose();
        _origins.Dispose();
    }

    // In the order of the keys, so that each page of the index is visited only once.
    private void LookAmongSorted(IReadOnlyList<BillingRecord> records, CancellationToken cancellationToken)
    {
        int count = records.Count;
        if (_sorted.Length < count)
        {
            _heads = new ulong[count];
            _order = new int[count];
            _sorted = new StoredKey[count];
        }

        if (!_keys.HasSorted)
        {
            Array.Clear(_sorted);
            return;
        }

        Span<byte> key = stackalloc byte[RecordKey.Size];
        for (int i = 0; i < count; i++)
        {
            records[i].Key.CopyTo(key);
            _heads[i] = KeyIndex.HeadOf(key);
            _order[i] = i;
        }

        Array.Sort(_heads, _order, 0, count);
        for (int i = 0; i < count; i++)
        {
            if (i % RecordsBetweenLooksAtCancellation == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            int at = _order[i];
            records[at].Key.CopyTo(key);
            _sorted[at] = _keys.FindSorted(key);
        }
    }

    private WriteOutcome Write(BillingRecord record, StoredKey stored)
    {
        Span<byte> key = stackalloc byte[RecordKey.Size];
        record.Key.CopyTo(key);
        if (!stored.Found)
        {
            stored = _keys.FindUnsorted(key, stored.Slot);
        }

        if (stored.Found)
        {
            string source = _origins.SourceOf(stored.Origin);
            return stored.Fingerprint == record.Fingerprint ? WriteOutcome.Duplicate(source) : WriteOutcome.Conflict(source, stored.Fingerprint);
        }

        if (!IsWellFormed(record))
        {
            return WriteOutcome.Refused("The run id, the source name or the scope contains half of a surrogate pair, which is not valid Unicode. Correct it.");
        }

        if (_binder.Bind(record, _origins.IdOf(record), stored.Slot) is { } refusal)
        {
            return WriteOutcome.Refused(refusal);
        }

        int code = _insert.TryStep();
        _insert.Reset();
        switch (code)
        {
            case raw.SQLITE_DONE:
                _keys.Add(key);
                return WriteOutcome.Stored;
            case raw.SQLITE_TOOBIG:
                return WriteOutcome.Refused(TooBig);
            default:
                throw _session.Error(code);
        }
    }

    private static bool IsWellFormed(BillingRecord record) =>
        UnicodeText.IsWellFormed(record.RunId) && UnicodeText.IsWellFormed(record.Source.Name) && UnicodeText.IsWellFormed(record.Scope);
}
