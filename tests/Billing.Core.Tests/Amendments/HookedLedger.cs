namespace Billing.Core.Tests.Amendments;

/// <summary>A ledger in memory that can be amended, and that a test bends in one place.</summary>
internal sealed class HookedLedger : IAmendableStore
{
    public MemorySink Inner { get; } = new();

    public string Name => "hooked";

    /// <summary>Called after a batch was stored.</summary>
    public Action? AfterWrite { get; set; }

    /// <summary>Called before a document is added.</summary>
    public Action? BeforeAdd { get; set; }

    /// <summary>Called before a document is put.</summary>
    public Action? BeforePut { get; set; }

    public async ValueTask<IReadOnlyList<WriteOutcome>> WriteAsync(IReadOnlyList<BillingRecord> records, CancellationToken cancellationToken)
    {
        IReadOnlyList<WriteOutcome> outcomes = await Inner.WriteAsync(records, cancellationToken);
        AfterWrite?.Invoke();
        return outcomes;
    }

    public ValueTask<bool> AddDocumentAsync(LedgerDocument document, CancellationToken cancellationToken)
    {
        BeforeAdd?.Invoke();
        return Inner.AddDocumentAsync(document, cancellationToken);
    }

    public ValueTask WriteQuarantineAsync(IReadOnlyList<QuarantinedRecord> records, CancellationToken cancellationToken) => Inner.WriteQuarantineAsync(records, cancellationToken);

    public ValueTask WriteRunAsync(IngestReport run, CancellationToken cancellationToken) => Inner.WriteRunAsync(run, cancellationToken);

    public ValueTask<BillingRecord?> FindAsync(RecordKey key, CancellationToken cancellationToken) => Inner.FindAsync(key, cancellationToken);

    public ValueTask<Page<BillingRecord>> QueryAsync(RecordQuery query, CancellationToken cancellationToken) => Inner.QueryAsync(query, cancellationToken);

    public ValueTask<IReadOnlyList<SummaryRow>> SummarizeAsync(SummaryBy by, RecordQuery query, CancellationToken cancellationToken) => Inner.SummarizeAsync(by, query, cancellationToken);

    public ValueTask<IngestReport?> FindRunAsync(string runId, CancellationToken cancellationToken) => Inner.FindRunAsync(runId, cancellationToken);

    public ValueTask<Page<IngestReport>> GetRunsAsync(PageRequest page, CancellationToken cancellationToken) => Inner.GetRunsAsync(page, cancellationToken);

    public ValueTask<Page<QuarantinedRecord>> GetQuarantineAsync(QuarantineQuery query, CancellationToken cancellationToken) => Inner.GetQuarantineAsync(query, cancellationToken);

    public ValueTask ResolveQuarantineAsync(IReadOnlyList<RecordKey> keys, string resolution, CancellationToken cancellationToken) => Inner.ResolveQuarantineAsync(keys, resolution, cancellationToken);

    public ValueTask AmendAsync(IReadOnlyList<RecordAmendment> amendments, CancellationToken cancellationToken) => Inner.AmendAsync(amendments, cancellationToken);

    public ValueTask PutDocumentAsync(LedgerDocument document, CancellationToken cancellationToken)
    {
        BeforePut?.Invoke();
        return Inner.PutDocumentAsync(document, cancellationToken);
    }

    public ValueTask<LedgerDocument?> FindDocumentAsync(string kind, string id, CancellationToken cancellationToken) => Inner.FindDocumentAsync(kind, id, cancellationToken);

    public ValueTask<Page<LedgerDocument>> GetDocumentsAsync(DocumentQuery query, CancellationToken cancellationToken) => Inner.GetDocumentsAsync(query, cancellationToken);

    public ValueTask ReplaceQuarantineAsync(IReadOnlyList<QuarantinedRecord> rows, CancellationToken cancellationToken) => Inner.ReplaceQuarantineAsync(rows, cancellationToken);

    public ValueTask ReopenQuarantineAsync(IReadOnlyList<RecordKey> keys, string resolution, CancellationToken cancellationToken) => Inner.ReopenQuarantineAsync(keys, resolution, cancellationToken);
}
