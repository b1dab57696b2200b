namespace Billing;

/// <summary>The read side of a ledger.</summary>
public interface IBillingStore
{
    /// <summary>The record with that key, or null.</summary>
    ValueTask<BillingRecord?> FindAsync(RecordKey key, CancellationToken cancellationToken);

    /// <summary>One page of the records that match, ordered by date, then key.</summary>
    /// <exception cref="ArgumentException">The continuation token is not one of this query's.</exception>
    ValueTask<Page<BillingRecord>> QueryAsync(RecordQuery query, CancellationToken cancellationToken);

    /// <summary>Exact totals of the records that match, by group, ordered by group. The page size and token of the query are not used.</summary>
    ValueTask<IReadOnlyList<SummaryRow>> SummarizeAsync(SummaryBy by, RecordQuery query, CancellationToken cancellationToken);

    /// <summary>One page of the runs, newest first.</summary>
    ValueTask<Page<IngestReport>> GetRunsAsync(PageRequest page, CancellationToken cancellationToken);

    /// <summary>One page of the quarantine, ordered by source, then byte offset, then key.</summary>
    ValueTask<Page<QuarantinedRecord>> GetQuarantineAsync(QuarantineQuery query, CancellationToken cancellationToken);

    /// <summary>Marks quarantined records as replayed into the store by a run. Keys that are not there, or resolved already, are left as they are.</summary>
    ValueTask ResolveQuarantineAsync(IReadOnlyList<RecordKey> keys, string runId, CancellationToken cancellationToken);
}
