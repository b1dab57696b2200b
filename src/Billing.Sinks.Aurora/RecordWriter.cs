using System.Text;

namespace Billing.Sinks.Aurora;

/// <summary>Writes one batch inside a transaction of its caller: looks for what is there, then inserts the rest in the order of the keys.</summary>
internal sealed class RecordWriter(AuroraSchema schema, LocalInfile localInfile, int fewestForFile)
{
    // More keys in one list make optimisers give up their index.
    private const int KeysPerLookup = 500;

    private readonly InfileInsert _infile = new(schema.Records);

    // As the last batch was, the next will be: where none of its keys was there, looking for them first is lost time.
    private volatile bool _expectsNew;

    /// <summary>Writes records, each once and only once by its key.</summary>
    /// <param name="session">The connection, in a transaction.</param>
    /// <param name="records">The batch.</param>
    /// <param name="mayBeStored">Whether an earlier attempt at this batch may have been committed.</param>
    /// <param name="cancellationToken">Cancels, and undoes.</param>
    /// <returns>One outcome per record, in the order of <paramref name="records"/>.</returns>
    public async ValueTask<WriteOutcome[]> WriteAsync(AuroraSession session, IReadOnlyList<BillingRecord> records, bool mayBeStored, CancellationToken cancellationToken)
    {
        WriteOutcome[] outcomes = new WriteOutcome[records.Count];
        (RecordKey Key, int Index)[] order = Order(records);
        if (_expectsNew && !mayBeStored && await TryInsertUnseenAsync(session, records, order, outcomes, cancellationToken).ConfigureAwait(false))
        {
            return outcomes;
        }

        Dictionary<RecordKey, StoredRecord> known = await FindAsync(session, order, cancellationToken).ConfigureAwait(false);
        _expectsNew = known.Count == 0;
        List<byte[]?[]> rows = Decide(session, records, order, known, mayBeStored, outcomes, cancellationToken);
        if (rows.Count >= fewestForFile && await localInfile.IsAllowedAsync(session, _infile, cancellationToken).ConfigureAwait(false))
        {
            await LoadAsync(session, rows, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await ValuesInsert.InsertAsync(session, schema.Records, rows, cancellationToken).ConfigureAwait(false);
        }

        return outcomes;
    }

    // In the order of the keys: neighbours in the index change together, and writers that meet wait for one another
    // instead of in a circle. Equal keys stay in the order of the batch.
    private static (RecordKey Key, int Index)[] Order(IReadOnlyList<BillingRecord> records)
    {
        (RecordKey Key, int Index)[] order = new (RecordKey, int)[records.Count];
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = (records[i].Key, i);
        }

        Array.Sort(order);
        return order;
    }

    /// <summary>Inserts a batch without looking for its keys first, by the one statement of a file, which the unique key makes fail whole.</summary>
    /// <returns>Whether it was inserted; otherwise one of the keys was there, and the transaction goes on as before.</returns>
    private async ValueTask<bool> TryInsertUnseenAsync(
        AuroraSession session, IReadOnlyList<BillingRecord> records, (RecordKey Key, int Index)[] order, WriteOutcome[] outcomes, CancellationToken cancellationToken)
    {
        if (records.Count < fewestForFile || !await localInfile.IsAllowedAsync(session, _infile, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        List<byte[]?[]> rows = Decide(session, records, order, [], false, outcomes, cancellationToken);
        try
        {
            await LoadAsync(session, rows, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (Exception e) when (AuroraErrors.IsDuplicateKey(e))
        {
            // InnoDB has undone that statement, and nothing else.
            await _infile.ClearAsync(session, cancellationToken).ConfigureAwait(false);
            return false;
        }
    }

    private async ValueTask<Dictionary<RecordKey, StoredRecord>> FindAsync(AuroraSession session, (RecordKey Key, int Index)[] order, CancellationToken cancellationToken)
    {
        Dictionary<RecordKey, StoredRecord> found = [];
        StringBuilder sql = new();
        for (int start = 0; start < order.Length; start += KeysPerLookup)
        {
            sql.Clear().Append("SELECT key_hash, fingerprint, source, line, byte_offset, run_id FROM `").Append(schema.Records.Name).Append("` WHERE key_hash IN (");
            for (int i = start; i < Math.Min(order.Length, start + KeysPerLookup); i++)
            {
                sql.Append(i == start ? "X'" : ",X'").Append(order[i].Key).Append('\'');
            }

            await foreach (AuroraRow row in session.ReadAsync(sql.Append(')').ToString(), [], cancellationToken).ConfigureAwait(false))
            {
                found.Add(row.Key(0), new StoredRecord(new Fingerprint(row.Bytes(1)), new RecordSource(row.Text(2), row.Int64(3), row.Int64(4)), row.Text(5)));
            }
        }

        return found;
    }

    private List<byte[]?[]> Decide(
        AuroraSession session,
        IReadOnlyList<BillingRecord> records,
        (RecordKey Key, int Index)[] order,
        Dictionary<RecordKey, StoredRecord> known,
        bool mayBeStored,
        WriteOutcome[] outcomes,
        CancellationToken cancellationToken)
    {
        List<byte[]?[]> rows = [];
        using RecordEncoder encoder = new(schema, session.MaxPacket);
        foreach ((RecordKey key, int index) in order)
        {
            cancellationToken.ThrowIfCancellationRequested();
            BillingRecord record = records[index];
            if (known.TryGetValue(key, out StoredRecord stored))
            {
                // The connection was lost while an earlier attempt was committed: what this very batch stored is no duplicate.
                bool own = mayBeStored && stored == StoredRecord.Of(record);
                outcomes[index] = own ? WriteOutcome.Stored : stored.OutcomeOf(record);
            }
            else if (encoder.Encode(record, out string? refusal) is { } values)
            {
                rows.Add(values);
                known.Add(key, StoredRecord.Of(record));
                outcomes[index] = WriteOutcome.Stored;
            }
            else
            {
                outcomes[index] = WriteOutcome.Refused(refusal!);
            }
        }

        return rows;
    }

    private async ValueTask LoadAsync(AuroraSession session, List<byte[]?[]> rows, CancellationToken cancellationToken)
    {
        string path = InfileWriter.Write(localInfile.Folder, rows, cancellationToken);
        try
        {
            await _infile.PrepareAsync(session, cancellationToken).ConfigureAwait(false);
            await _infile.InsertAsync(session, path, rows.Count, cancellationToken).ConfigureAwait(false);
            await _infile.ClearAsync(session, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            localInfile.Delete(path);
        }
    }
}
