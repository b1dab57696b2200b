namespace Billing.Sinks.Sql.Records;

/// <summary>How the records of a ledger lie in its tables, where engines differ most: how they are written, found, moved and added up.</summary>
internal abstract class SqlRecords
{
    /// <summary>Writes records, each once and only once by its key.</summary>
    /// <param name="session">The connection, in a transaction.</param>
    /// <param name="records">The batch.</param>
    /// <param name="mayBeStored">Whether an earlier attempt at this batch may have been committed.</param>
    /// <param name="cancellationToken">Cancels the call and undoes its changes.</param>
    /// <returns>One outcome per record, in the order of <paramref name="records"/>.</returns>
    public abstract ValueTask<WriteOutcome[]> WriteAsync(SqlSession session, IReadOnlyList<BillingRecord> records, bool mayBeStored, CancellationToken cancellationToken);

    /// <summary>Does what is to be done once no more of a run is to come. In a transaction.</summary>
    public virtual ValueTask SettleAsync(SqlSession session, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>Returns the record of each key, in the order of the keys; null if there is none.</summary>
    public abstract ValueTask<IReadOnlyList<BillingRecord?>> FindAllAsync(SqlSession session, IReadOnlyList<RecordKey> keys, CancellationToken cancellationToken);

    /// <summary>As <see cref="FindAllAsync"/>, for records that are about to change. In a transaction, until whose end nobody else changes them.</summary>
    public virtual ValueTask<IReadOnlyList<BillingRecord?>> FindToChangeAsync(SqlSession session, IReadOnlyList<RecordKey> keys, CancellationToken cancellationToken) => FindAllAsync(session, keys, cancellationToken);

    /// <summary>Takes out records that are stored. In a transaction.</summary>
    public abstract ValueTask RemoveAsync(SqlSession session, IReadOnlyList<RecordKey> keys, CancellationToken cancellationToken);

    /// <summary>What the tables hold of a run; null where looking would cost more than the run.</summary>
    public abstract ValueTask<RunTotals?> TotalsOfRunAsync(SqlSession session, IngestReport run, CancellationToken cancellationToken);

    /// <summary>The statement of at most <paramref name="limit"/> records behind a position, as <see cref="RecordColumns"/>, by date, then key.</summary>
    public abstract SqlQuery Page(RecordQuery query, RecordPosition? after, int limit);

    /// <summary>The statements of at most <paramref name="limit"/> records behind a place, as <see cref="RecordColumns"/>, in the order of a list: the first that fills the page gives it, and the last gives what there is.</summary>
    public abstract IEnumerable<SqlQuery> List(RecordListQuery query, RecordPlace? after, int limit);

    /// <summary>Adds up the records that match, exactly, once for each way to group.</summary>
    public abstract ValueTask<IReadOnlyList<IReadOnlyList<SummaryRow>>> SummarizeAsync(SqlSession session, IReadOnlyList<SummaryBy> groupings, RecordQuery query, CancellationToken cancellationToken);

    /// <summary>Gives records other keys and fingerprints. In a transaction.</summary>
    /// <exception cref="BillingException">A record exists neither in its old form nor in its new one.</exception>
    public abstract ValueTask MoveAsync(SqlSession session, IReadOnlyList<RecordMove> moves, CancellationToken cancellationToken);
}
