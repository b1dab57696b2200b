namespace Billing.Simulation.Tests.Ledgers;

/// <summary>A store that passes every call on to another. What derives from it comes between.</summary>
internal abstract class ForwardingStore(IMigratableStore inner) : IMigratableStore, IKnownSources
{
    public string Name => inner.Name;

    bool IBillingStore.IsMissing => inner.IsMissing;

    /// <summary>The store that does the work.</summary>
    protected IMigratableStore Inner => inner;

    private IKnownSources Known => (IKnownSources)inner;

    public virtual ValueTask<IReadOnlyList<WriteOutcome>> WriteAsync(IReadOnlyList<BillingRecord> records, CancellationToken cancellationToken = default) =>
        CallAsync(() => inner.WriteAsync(records, cancellationToken), isBatch: false);

    public virtual async ValueTask WriteQuarantineAsync(IReadOnlyList<QuarantinedRecord> records, CancellationToken cancellationToken = default) =>
        await CallAsync(() => Done(inner.WriteQuarantineAsync(records, cancellationToken)), isBatch: false);

    public virtual async ValueTask WriteRunAsync(IngestReport run, CancellationToken cancellationToken = default) =>
        await CallAsync(() => Done(inner.WriteRunAsync(run, cancellationToken)), isBatch: false);

    public virtual ValueTask<RunTotals?> TotalsOfRunAsync(IngestReport run, CancellationToken cancellationToken = default) =>
        CallAsync(() => inner.TotalsOfRunAsync(run, cancellationToken), isBatch: false);

    public ValueTask<BillingRecord?> FindAsync(RecordKey key, CancellationToken cancellationToken = default) =>
        CallAsync(() => inner.FindAsync(key, cancellationToken), isBatch: false);

    public ValueTask<IReadOnlyList<BillingRecord?>> FindAllAsync(IReadOnlyList<RecordKey> keys, CancellationToken cancellationToken = default) =>
        CallAsync(() => inner.FindAllAsync(keys, cancellationToken), isBatch: false);

    public ValueTask<Page<BillingRecord>> QueryAsync(RecordQuery query, CancellationToken cancellationToken = default) =>
        CallAsync(() => inner.QueryAsync(query, cancellationToken), isBatch: false);

    public ValueTask<IReadOnlyList<SummaryRow>> SummarizeAsync(SummaryBy by, RecordQuery query, CancellationToken cancellationToken = default) =>
        CallAsync(() => inner.SummarizeAsync(by, query, cancellationToken), isBatch: false);

    public ValueTask<IngestReport?> FindRunAsync(string runId, CancellationToken cancellationToken = default) =>
        CallAsync(() => inner.FindRunAsync(runId, cancellationToken), isBatch: false);

    public ValueTask<Page<IngestReport>> GetRunsAsync(PageRequest page, CancellationToken cancellationToken = default) =>
        CallAsync(() => inner.GetRunsAsync(page, cancellationToken), isBatch: false);

    public ValueTask<Page<QuarantinedRecord>> GetQuarantineAsync(QuarantineQuery query, CancellationToken cancellationToken = default) =>
        CallAsync(() => inner.GetQuarantineAsync(query, cancellationToken), isBatch: false);

    public async ValueTask ResolveQuarantineAsync(IReadOnlyList<RecordKey> keys, string resolution, CancellationToken cancellationToken = default) =>
        await CallAsync(() => Done(inner.ResolveQuarantineAsync(keys, resolution, cancellationToken)), isBatch: false);

    public async ValueTask ReplaceAsync(IReadOnlyList<RecordMove> moves, CancellationToken cancellationToken = default) =>
        await CallAsync(() => Done(inner.ReplaceAsync(moves, cancellationToken)), isBatch: false);

    public ValueTask<string> GetMarkAsync(CancellationToken cancellationToken = default) =>
        CallAsync(() => Known.GetMarkAsync(cancellationToken), isBatch: false);

    public async ValueTask RememberAsync(string terms, string runId, string mark, CancellationToken cancellationToken = default) =>
        await CallAsync(() => Done(Known.RememberAsync(terms, runId, mark, cancellationToken)), isBatch: false);

    public ValueTask<IngestReport?> FindKnownRunAsync(string terms, CancellationToken cancellationToken = default) =>
        CallAsync(() => Known.FindKnownRunAsync(terms, cancellationToken), isBatch: false);

    /// <summary>Does one call.</summary>
    /// <param name="work">The call of the store that does the work.</param>
    /// <param name="isBatch">Whether it writes records.</param>
    protected virtual ValueTask<T> CallAsync<T>(Func<ValueTask<T>> work, bool isBatch) => work();

    private static async ValueTask<bool> Done(ValueTask work)
    {
        await work;
        return true;
    }
}
