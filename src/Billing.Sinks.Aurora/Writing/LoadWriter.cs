namespace Billing.Sinks.Aurora.Writing;

/// <summary>Writes one batch inside a transaction of its caller: looks up what is stored, then inserts the rest in the order of the keys.</summary>
internal sealed class LoadWriter(SqlSchema schema, int fewestForBulk) : IRecordWriter
{
    private readonly BulkInsert _bulk = new(schema.Records);
    private readonly KeyLookup _lookup = new(schema.Records);

    // The next batch is likely to be like the last one: if none of its keys was stored, looking them up first wastes time.
    private volatile Expectation _expected = Expectation.Unknown;

    private enum Expectation
    {
        Unknown,
        New,
        Mixed,
    }

    /// <inheritdoc/>
    public ValueTask<WriteOutcome[]> WriteAsync(ServerSession session, IReadOnlyList<BillingRecord> records, bool mayBeStored, CancellationToken cancellationToken) =>
        WriteAsync((AuroraSession)session, records, mayBeStored, cancellationToken);

    private async ValueTask<WriteOutcome[]> WriteAsync(AuroraSession session, IReadOnlyList<BillingRecord> records, bool mayBeStored, CancellationToken cancellationToken)
    {
        WriteOutcome[] outcomes = new WriteOutcome[records.Count];
        (RecordKey Key, int Index)[] order = Order(records);
        Dictionary<RecordKey, StoredRecord> known = [];
        int looked = 0;
        if (!mayBeStored && _expected != Expectation.Mixed)
        {
            if (_expected == Expectation.Unknown)
            {
                looked = Math.Min(order.Length, ServerRecords.KeysPerStatement);
                await _lookup.FindAsync(session, records, order.AsMemory(0, looked), mayBeStored, known, cancellationToken).ConfigureAwait(false);
            }

            if (known.Count == 0)
            {
                if (await TryLoadAsync(records.Count).ConfigureAwait(false))
                {
                    _expected = Expectation.New;
                    return outcomes;
                }

                looked = 0;
            }
        }

        known.EnsureCapacity(order.Length);
        await _lookup.FindAsync(session, records, order.AsMemory(looked), mayBeStored, known, cancellationToken).ConfigureAwait(false);
        _expected = known.Count == 0 ? Expectation.New : Expectation.Mixed;

        // If the bulk load finds a key that did not exist a moment ago, the rows are inserted with parameters. The insert then fails with the error that restarts the batch.
        if (!await TryLoadAsync(records.Count - known.Count).ConfigureAwait(false))
        {
            using UnstoredRows rows = Unstored();
            await InsertAsync(session, rows, cancellationToken).ConfigureAwait(false);
        }

        return outcomes;

        UnstoredRows Unstored() => new(records, order, known, mayBeStored, new RowEncoder(schema, session.MaxPacket), outcomes);

        async ValueTask<bool> TryLoadAsync(int count)
        {
            if (count < fewestForBulk || !session.AllowsBulk)
            {
                return false;
            }

            using UnstoredRows rows = Unstored();
            return await _bulk.TryInsertAsync(session, rows, cancellationToken).ConfigureAwait(false);
        }
    }

    // In the order of the keys: neighbours in the index change together, and concurrent writers wait for each other
    // instead of deadlocking. Equal keys stay in the order of the batch.
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

    private async ValueTask InsertAsync(AuroraSession session, UnstoredRows rows, CancellationToken cancellationToken)
    {
        List<byte[]?[]> values = [];
        while (rows.MoveNext())
        {
            cancellationToken.ThrowIfCancellationRequested();
            values.Add(rows.Current.ToArrays());
        }

        await session.InsertAsync(schema.Records, values, cancellationToken).ConfigureAwait(false);
    }
}
