namespace Billing.Lambda.Tests.Expenses;

/// <summary>A ledger that can be read for some pages, and then no more.</summary>
internal sealed class EndingStore(IBillingStore store, int pages) : IBillingStore
{
    private int _left = pages;

    public ValueTask<Page<BillingRecord>> QueryAsync(RecordQuery query, CancellationToken cancellationToken) =>
        _left-- > 0 ? store.QueryAsync(query, cancellationToken) : throw new IOException("The process ended.");

    public string Name => store.Name;

    public ValueTask<IReadOnlyList<WriteOutcome>> WriteAsync(IReadOnlyList<BillingRecord> records, CancellationToken cancellationToken) => store.WriteAsync(records, cancellationToken);

    public ValueTask WriteQuarantineAsync(IReadOnlyList<QuarantinedRecord> records, CancellationToken cancellationToken) => store.WriteQuarantineAsync(records, cancellationToken);

    public ValueTask WriteRunAsync(IngestReport run, CancellationToken cancellationToken) => store.WriteRunAsync(run, cancellationToken);

    public ValueTask<BillingRecord?> FindAsync(RecordKey key, CancellationToken cancellationToken) => store.FindAsync(key, cancellationToken);

    public ValueTask<IReadOnlyList<SummaryRow>> SummarizeAsync(SummaryBy by, RecordQuery query, CancellationToken cancellationToken) => store.SummarizeAsync(by, query, cancellationToken);

    public ValueTask<IngestReport?> FindRunAsync(string runId, CancellationToken cancellationToken) => store.FindRunAsync(runId, cancellationToken);

    public ValueTask<Page<IngestReport>> GetRunsAsync(PageRequest page, CancellationToken cancellationToken) => store.GetRunsAsync(page, cancellationToken);

    public ValueTask<Page<QuarantinedRecord>> GetQuarantineAsync(QuarantineQuery query, CancellationToken cancellationToken) => store.GetQuarantineAsync(query, cancellationToken);

    public ValueTask ResolveQuarantineAsync(IReadOnlyList<RecordKey> keys, string resolution, CancellationToken cancellationToken) => store.ResolveQuarantineAsync(keys, resolution, cancellationToken);
}
