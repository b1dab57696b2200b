namespace Billing.Sinks.Conformance;

/// <summary>A store in a process that is killed at its nth call: that call may still happen, and no later one does.</summary>
internal sealed class KilledLedger(IAmendableStore store, int point) : IAmendableStore
{
    private int _calls;

    public string Name => store.Name;

    /// <summary>Whether the process was killed before it was done.</summary>
    public bool IsKilled => _calls > point;

    public ValueTask AmendAsync(IReadOnlyList<RecordAmendment> amendments, CancellationToken cancellationToken) => CallAsync(() => store.AmendAsync(amendments, cancellationToken));

    public ValueTask<bool> AddDocumentAsync(LedgerDocument document, CancellationToken cancellationToken) => CallAsync(() => store.AddDocumentAsync(document, cancellationToken));

    public ValueTask PutDocumentAsync(LedgerDocument document, CancellationToken cancellationToken) => CallAsync(() => store.PutDocumentAsync(document, cancellationToken));

    public ValueTask<LedgerDocument?> FindDocumentAsync(string kind, string id, CancellationToken cancellationToken) => CallAsync(() => store.FindDocumentAsync(kind, id, cancellationToken));

    public ValueTask<Page<LedgerDocument>> GetDocumentsAsync(DocumentQuery query, CancellationToken cancellationToken) => CallAsync(() => store.GetDocumentsAsync(query, cancellationToken));

    public ValueTask ReopenQuarantineAsync(IReadOnlyList<RecordKey> keys, string resolution, CancellationToken cancellationToken) => CallAsync(() => store.ReopenQuarantineAsync(keys, resolution, cancellationToken));

    public ValueTask ReplaceQuarantineAsync(IReadOnlyList<QuarantinedRecord> rows, CancellationToken cancellationToken) => CallAsync(() => store.ReplaceQuarantineAsync(rows, cancellationToken));

    public ValueTask<IReadOnlyList<WriteOutcome>> WriteAsync(IReadOnlyList<BillingRecord> records, CancellationToken cancellationToken) => CallAsync(() => store.WriteAsync(records, cancellationToken));

    public ValueTask WriteQuarantineAsync(IReadOnlyList<QuarantinedRecord> records, CancellationToken cancellationToken) => CallAsync(() => store.WriteQuarantineAsync(records, cancellationToken));

    public ValueTask WriteRunAsync(IngestReport run, CancellationToken cancellationToken) => CallAsync(() => store.WriteRunAsync(run, cancellationToken));

    public ValueTask<RunTotals?> TotalsOfRunAsync(IngestReport run, CancellationToken cancellationToken) => CallAsync(() => store.TotalsOfRunAsync(run, cancellationToken));

    public ValueTask<BillingRecord?> FindAsync(RecordKey key, CancellationToken cancellationToken) => CallAsync(() => store.FindAsync(key, cancellationToken));

    public ValueTask<IReadOnlyList<BillingRecord?>> FindAllAsync(IReadOnlyList<RecordKey> keys, CancellationToken cancellationToken) => CallAsync(() => store.FindAllAsync(keys, cancellationToken));

    public ValueTask<Page<BillingRecord>> QueryAsync(RecordQuery query, CancellationToken cancellationToken) => CallAsync(() => store.QueryAsync(query, cancellationToken));

    public ValueTask<IReadOnlyList<SummaryRow>> SummarizeAsync(SummaryBy by, RecordQuery query, CancellationToken cancellationToken) => CallAsync(() => store.SummarizeAsync(by, query, cancellationToken));

    public ValueTask<IngestReport?> FindRunAsync(string runId, CancellationToken cancellationToken) => CallAsync(() => store.FindRunAsync(runId, cancellationToken));

    public ValueTask<Page<IngestReport>> GetRunsAsync(PageRequest page, CancellationToken cancellationToken) => CallAsync(() => store.GetRunsAsync(page, cancellationToken));

    public ValueTask<Page<QuarantinedRecord>> GetQuarantineAsync(QuarantineQuery query, CancellationToken cancellationToken) => CallAsync(() => store.GetQuarantineAsync(query, cancellationToken));

    public ValueTask ResolveQuarantineAsync(IReadOnlyList<RecordKey> keys, string resolution, CancellationToken cancellationToken) => CallAsync(() => store.ResolveQuarantineAsync(keys, resolution, cancellationToken));

    private async ValueTask CallAsync(Func<ValueTask> call) => await CallAsync(async () =>
    {
        await call();
        return true;
    });

    private async ValueTask<T> CallAsync<T>(Func<ValueTask<T>> call)
    {
        int number = _calls++;
        if (number > point || (number == point && point % 2 == 0))
        {
            throw new KilledException();
        }

        T answer = await call();
        return number == point ? throw new KilledException() : answer;
    }
}
