namespace Billing;

/// <summary>
/// A store whose records can be taken back, replaced and restated. It never forgets what they were: every change is kept as a document, in the same write.
/// All stores of Billing are amendable.
/// </summary>
public interface IAmendableStore : IBillingStore
{
    /// <summary>
    /// Whether it can keep documents now. A store that an earlier version made, and that may not be upgraded, cannot: its runs are stored as before, without notes of what they
    /// delivered and without seals, and their reports say so.
    /// </summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask<bool> KeepsDocumentsAsync(CancellationToken cancellationToken = default) =>
        cancellationToken.IsCancellationRequested ? ValueTask.FromCanceled<bool>(cancellationToken) : ValueTask.FromResult(true);

    /// <summary>
    /// Changes records, each in one write with its document: both are stored, or neither is. An amendment whose document is stored already was made before, and changes nothing.
    /// </summary>
    /// <param name="amendments">The changes, at most one of each record.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="BillingException">The store does not have a record as it was read (<see cref="RecordAmendment.Fits"/>); or it cannot hold what it becomes.</exception>
    ValueTask AmendAsync(IReadOnlyList<RecordAmendment> amendments, CancellationToken cancellationToken = default);

    /// <summary>Stores a document that is not stored yet. Of two writers at once, one succeeds.</summary>
    /// <returns>False if a document of that kind and id is stored already; it stays as it is.</returns>
    ValueTask<bool> AddDocumentAsync(LedgerDocument document, CancellationToken cancellationToken = default);

    /// <summary>Stores a document, or replaces it.</summary>
    ValueTask PutDocumentAsync(LedgerDocument document, CancellationToken cancellationToken = default);

    /// <summary>Returns the document of a kind with an id, or null. It sees every write that has ended.</summary>
    ValueTask<LedgerDocument?> FindDocumentAsync(string kind, string id, CancellationToken cancellationToken = default);

    /// <summary>Returns one page of the documents of a kind, in the order of their ids.</summary>
    ValueTask<Page<LedgerDocument>> GetDocumentsAsync(DocumentQuery query, CancellationToken cancellationToken = default);

    /// <summary>Opens quarantined rows again that were closed with exactly this resolution. Others stay as they are.</summary>
    /// <param name="keys">The keys of the rows.</param>
    /// <param name="resolution">The resolution, as it was given to <see cref="IBillingStore.ResolveQuarantineAsync"/>.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask ReopenQuarantineAsync(IReadOnlyList<RecordKey> keys, string resolution, CancellationToken cancellationToken = default);

    /// <summary>Replaces the raw bytes, the header, the detail and the resolution of quarantined rows, for <see cref="LedgerErasure"/>. Rows that are not there are left out; everything else of a row stays.</summary>
    /// <param name="rows">The rows as they become, found by their keys.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask ReplaceQuarantineAsync(IReadOnlyList<QuarantinedRecord> rows, CancellationToken cancellationToken = default);
}
