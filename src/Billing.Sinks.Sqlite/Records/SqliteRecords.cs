namespace Billing.Sinks.Sqlite.Records;

/// <summary>The records, with what many of them share in a table of origins, and their indexes in tables that <see cref="KeyIndex"/> fills.</summary>
internal sealed class SqliteRecords(string store) : SqlRecords
{
    /// <inheritdoc/>
    public override ValueTask<WriteOutcome[]> WriteAsync(SqlSession session, IReadOnlyList<BillingRecord> records, bool mayBeStored, CancellationToken cancellationToken) =>
        ValueTask.FromResult(((SqliteSession)session).Writer.Write(records, cancellationToken));

    /// <inheritdoc/>
    public override ValueTask SettleAsync(SqlSession session, CancellationToken cancellationToken)
    {
        ((SqliteSession)session).Writer.Settle();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public override ValueTask<IReadOnlyList<BillingRecord?>> FindAllAsync(SqlSession session, IReadOnlyList<RecordKey> keys, CancellationToken cancellationToken) =>
        ValueTask.FromResult(FindAll((SqliteSession)session, keys));

    /// <inheritdoc/>
    public override ValueTask RemoveAsync(SqlSession session, IReadOnlyList<RecordKey> keys, CancellationToken cancellationToken)
    {
        Remove((SqliteSession)session, keys, cancellationToken);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public override ValueTask<RunTotals?> TotalsOfRunAsync(SqlSession session, IngestReport run, CancellationToken cancellationToken) =>
        ValueTask.FromResult<RunTotals?>(TotalsOfRun((SqliteSession)session, run.RunId));

    /// <inheritdoc/>
    public override SqlQuery Page(RecordQuery query, RecordPosition? after, int limit) => RecordStatements.Page(query, after, limit);

    /// <inheritdoc/>
    public override IEnumerable<SqlQuery> List(RecordListQuery query, RecordPlace? after, int limit) => RecordStatements.List(query, after, limit);

    /// <inheritdoc/>
    public override ValueTask<IReadOnlyList<IReadOnlyList<SummaryRow>>> SummarizeAsync(SqlSession session, IReadOnlyList<SummaryBy> groupings, RecordQuery query, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Summarize((SqliteSession)session, groupings, query, cancellationToken));

    /// <inheritdoc/>
    public override ValueTask MoveAsync(SqlSession session, IReadOnlyList<RecordMove> moves, CancellationToken cancellationToken)
    {
        SqliteMoves.Apply((SqliteSession)session, moves, store, cancellationToken);
        return ValueTask.CompletedTask;
    }

    /// <summary>Returns the record of each key, in the order of the keys; null if there is none.</summary>
    public static IReadOnlyList<BillingRecord?> FindAll(SqliteSession session, IReadOnlyList<RecordKey> keys)
    {
        BillingRecord?[] found = new BillingRecord?[keys.Count];
        using SqliteStatement sorted = session.Prepare(RecordStatements.Find);
        Dictionary<RecordKey, List<int>> unsorted = [];
        for (int i = 0; i < found.Length; i++)
        {
            sorted.BindKey(1, keys[i]);
            found[i] = sorted.Step() ? RecordFields.Read(sorted) : null;
            sorted.Reset();
            if (found[i] is null && !unsorted.TryAdd(keys[i], [i]))
            {
                unsorted[keys[i]].Add(i);
            }
        }

        if (unsorted.Count > 0)
        {
            FindUnsorted(session, unsorted, found);
        }

        return found;
    }

    // The triggers keep the indexes correct, and count the edits: writers of all connections then read again what is stored.
    private static void Remove(SqliteSession session, IReadOnlyList<RecordKey> keys, CancellationToken cancellationToken)
    {
        if (keys.Count == 0)
        {
            return;
        }

        session.Execute(EditSchema.Sort);
        using SqliteStatement remove = session.Prepare("""
            DELETE FROM records WHERE id = (SELECT k.id FROM record_keys AS k JOIN records AS r ON r.id = k.id WHERE k.head = substr(?1, 1, 8) AND r.key = ?1)
            """);
        foreach (RecordKey key in keys)
        {
            cancellationToken.ThrowIfCancellationRequested();
            remove.BindKey(1, key);
            remove.Run();
            session.DemandWhole(session.Changes, 1);
        }
    }

    // One scan of what is not sorted yet, for any number of keys: it has no index.
    private static void FindUnsorted(SqliteSession session, Dictionary<RecordKey, List<int>> keys, BillingRecord?[] found)
    {
        using SqliteStatement list = session.Prepare(RecordStatements.UnsortedKeys);
        using SqliteStatement read = session.Prepare(RecordStatements.FindById);
        while (list.Step())
        {
            if (keys.TryGetValue(list.Key(0), out List<int>? places))
            {
                read.Bind(1, list.Int64(1));
                BillingRecord? record = read.Step() ? RecordFields.Read(read) : null;
                read.Reset();
                places.ForEach(place => found[place] = record);
            }
        }
    }

    private static RunTotals TotalsOfRun(SqliteSession session, string runId)
    {
        using SqliteStatement statement = session.Prepare(RecordStatements.TotalsOfRun);
        statement.Bind(1, runId);
        GroupedTotals totals = new();
        while (statement.Step())
        {
            totals.Add([], statement.Bytes(0), statement.Exact(1), statement.Bytes(2), statement.Exact(3));
        }

        return totals.ToTotals().ToRunTotals();
    }

    private static IReadOnlyList<IReadOnlyList<SummaryRow>> Summarize(SqliteSession session, IReadOnlyList<SummaryBy> groupings, RecordQuery query, CancellationToken cancellationToken)
    {
        SqlQuery sql = RecordStatements.Summary(groupings, query);
        using SqliteStatement statement = session.Prepare(sql.Sql);
        statement.BindNamed(sql.Values);
        GroupedTotals[] totals = [.. groupings.Select(_ => new GroupedTotals())];
        while (statement.Step())
        {
            cancellationToken.ThrowIfCancellationRequested();
            ReadOnlySpan<byte> currency = statement.Bytes(0);
            ExactAmount amount = statement.Exact(1);
            ReadOnlySpan<byte> reportingCurrency = statement.Bytes(2);
            ExactAmount reportingAmount = statement.Exact(3);
            for (int i = 0; i < totals.Length; i++)
            {
                totals[i].Add(RecordStatements.GroupOf(groupings[i], statement.Bytes(GroupedTotals.FirstGroup + i)), currency, amount, reportingCurrency, reportingAmount);
            }
        }

        return [.. totals.Select(of => of.ToTotals().ToRows())];
    }
}
