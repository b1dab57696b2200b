namespace Billing.Sinks.Sqlite.Writing;

/// <summary>Writes batches of records inside a transaction of its caller.</summary>
internal sealed class RecordWriter : IDisposable
{
    private const int RecordsBetweenLooksAtCancellation = 64;

    // A statement of many rows costs less per row.
    private const int RowsAtOnce = 16;

    private readonly SqliteSession _session;
    private readonly OriginTable _origins;
    private readonly KeyIndex _keys;
    private readonly RecordInsert _many;
    private readonly RecordInsert _single;
    private readonly OwnInserts _inserts;

    // The records that are to be inserted next: the heads of their keys, their places in the batch and their slots.
    private readonly ulong[] _nextHeads = new ulong[RowsAtOnce];
    private readonly (int At, int Slot)[] _next = new (int, int)[RowsAtOnce];
    private int _nextCount;

    public RecordWriter(SqliteSession session, int mostUnsorted)
    {
        _session = session;
        _origins = new OriginTable(session);
        _keys = new KeyIndex(session, mostUnsorted);
        _many = new RecordInsert(session, RowsAtOnce);
        _single = new RecordInsert(session, 1);
        _inserts = new OwnInserts(session);
    }

    /// <summary>Writes records, each once and only once by its key.</summary>
    /// <returns>One outcome per record, in the order of <paramref name="batch"/>.</returns>
    public WriteOutcome[] Write(IReadOnlyList<BillingRecord> batch, CancellationToken cancellationToken)
    {
        KeyedRecords records = new(batch);

        // No other program writes during this transaction: a key that is not found now does not exist when it is inserted.
        _keys.CatchUp();
        ReadOnlySpan<StoredKey> sorted = _keys.FindSorted(records, cancellationToken);
        _nextCount = 0;
        WriteOutcome[] outcomes = new WriteOutcome[records.Count];
        try
        {
            for (int i = 0; i < outcomes.Length; i++)
            {
                if (i % RecordsBetweenLooksAtCancellation == 0)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                }

                Write(records, i, sorted[i], outcomes);
            }

            Insert(records, outcomes);
            _inserts.Complete();
        }
        finally
        {
            _inserts.End();
        }

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
        _inserts.Dispose();
        _single.Dispose();
        _many.Dispose();
        _keys.Dispose();
        _origins.Dispose();
    }

    private void Write(KeyedRecords records, int at, StoredKey stored, WriteOutcome[] outcomes)
    {
        Span<byte> key = stackalloc byte[RecordKey.Size];
        records.KeyAt(at).CopyTo(key);
        ulong head = KeyIndex.HeadOf(key);
        if (_nextHeads.AsSpan(0, _nextCount).Contains(head))
        {
            Insert(records, outcomes);
        }

        if (!stored.Found)
        {
            stored = _keys.FindUnsorted(key, stored.Slot);
        }

        if (stored.Found)
        {
            string source = _origins.SourceOf(stored.Origin);
            outcomes[at] = stored.Fingerprint == records.FingerprintAt(at) ? WriteOutcome.Duplicate(source) : WriteOutcome.Conflict(source, stored.Fingerprint);
        }
        else if (!IsWellFormed(records[at]))
        {
            outcomes[at] = WriteOutcome.Refused("The run id, the source name or the scope contains half of a surrogate pair, which is not valid Unicode. Correct it.");
        }
        else
        {
            _nextHeads[_nextCount] = head;
            _next[_nextCount++] = (at, stored.Slot);
            if (_nextCount == RowsAtOnce)
            {
                Insert(records, outcomes);
            }
        }
    }

    // If one of many cannot be inserted, none is: then one after the other.
    private void Insert(KeyedRecords records, WriteOutcome[] outcomes)
    {
        ReadOnlySpan<(int At, int Slot)> next = _next.AsSpan(0, _nextCount);
        if (next.IsEmpty)
        {
            return;
        }

        _nextCount = 0;
        _inserts.Begin();
        if (next.Length == RowsAtOnce && Insert(_many, records, next, outcomes) is null)
        {
            return;
        }

        for (int i = 0; i < next.Length; i++)
        {
            if (Insert(_single, records, next.Slice(i, 1), outcomes) is { } refusal)
            {
                outcomes[next[i].At] = WriteOutcome.Refused(refusal);
            }
        }
    }

    private string? Insert(RecordInsert insert, KeyedRecords records, ReadOnlySpan<(int At, int Slot)> next, WriteOutcome[] outcomes)
    {
        for (int i = 0; i < next.Length; i++)
        {
            BillingRecord record = records[next[i].At];
            if (insert.Bind(i, record, _origins.IdOf(record), next[i].Slot) is { } refusal)
            {
                return refusal;
            }
        }

        if (insert.Run() is { } tooBig)
        {
            return tooBig;
        }

        // A new id is one above the greatest, unless a trigger of somebody else changes the records between two rows.
        if (_session.LastId != _keys.Last + next.Length)
        {
            throw new BillingException($"A trigger of the SQLite database {_session.Location.Shown} inserts or deletes records while records are inserted. Nothing of the batch was stored. Drop the trigger on the table records.");
        }

        foreach ((int at, int slot) in next)
        {
            _keys.Add(records[at].Key, slot, records[at].Date);
            outcomes[at] = WriteOutcome.Stored;
        }

        return null;
    }

    private static bool IsWellFormed(BillingRecord record) =>
        UnicodeText.IsWellFormed(record.RunId) && UnicodeText.IsWellFormed(record.Source.Name) && UnicodeText.IsWellFormed(record.Scope);
}
