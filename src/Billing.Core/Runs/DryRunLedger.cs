namespace Billing.Runs;

/// <summary>
/// Says what a ledger would do, and does nothing. It looks keys up in the ledger, if that can be read, and remembers those that are new, in bounded
/// memory. What the ledger demands of a run it demands as well, since a run asks for earlier ones.
/// </summary>
internal sealed class DryRunLedger(IBillingStore? ledger, string name) : IBillingStore, IKnownSources
{
    private readonly HeldRecords _new = new();
    private readonly IBillingStore _ledger = ledger ?? new MemorySink();
    private readonly bool _isEmpty = ledger is null;

    public string Name => name;

    public async ValueTask<IReadOnlyList<WriteOutcome>> WriteAsync(IReadOnlyList<BillingRecord> records, CancellationToken cancellationToken = default)
    {
        // Without a ledger nothing is stored.
        IReadOnlyList<BillingRecord?> stored = _isEmpty ? [] : await FindAllAsync([.. Enumerable.Range(0, records.Count).Select(i => BatchRecords.IdentityOf(records, i).Key)], cancellationToken).ConfigureAwait(false);
        WriteOutcome[] outcomes = new WriteOutcome[records.Count];
        lock (_new)
        {
            for (int i = 0; i < outcomes.Length; i++)
            {
                (RecordKey key, HeldRecord record) = BatchRecords.IdentityOf(records, i);
                outcomes[i] = stored.Count > 0 && stored[i] is { } held ? Compare(record, HeldRecord.Of(held))
                    : _new.TryAdd(key, record) is { } earlier ? Compare(record, earlier)
                    : WriteOutcome.Stored;
            }
        }

        return outcomes;
    }

    public ValueTask WriteQuarantineAsync(IReadOnlyList<QuarantinedRecord> records, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

    public ValueTask WriteRunAsync(IngestReport run, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

    public ValueTask ResolveQuarantineAsync(IReadOnlyList<RecordKey> keys, string resolution, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

    /// <summary>The record with this key: one that is stored, or one that these dry runs would have stored. Null if there is none.</summary>
    public async ValueTask<HeldRecord?> FindHeldAsync(RecordKey key, CancellationToken cancellationToken)
    {
        lock (_new)
        {
            if (_new.Find(key) is { } held)
            {
                return held;
            }
        }

        return await FindAsync(key, cancellationToken).ConfigureAwait(false) is { } record ? HeldRecord.Of(record) : null;
    }

    public ValueTask<BillingRecord?> FindAsync(RecordKey key, CancellationToken cancellationToken = default) => AskAsync(store => store.FindAsync(key, cancellationToken));

    public ValueTask<IReadOnlyList<BillingRecord?>> FindAllAsync(IReadOnlyList<RecordKey> keys, CancellationToken cancellationToken = default) => AskAsync(store => store.FindAllAsync(keys, cancellationToken));

    public ValueTask<Page<BillingRecord>> QueryAsync(RecordQuery query, CancellationToken cancellationToken = default) => AskAsync(store => store.QueryAsync(query, cancellationToken));

    public ValueTask<IReadOnlyList<SummaryRow>> SummarizeAsync(SummaryBy by, RecordQuery query, CancellationToken cancellationToken = default) => AskAsync(store => store.SummarizeAsync(by, query, cancellationToken));

    public ValueTask<IngestReport?> FindRunAsync(string runId, CancellationToken cancellationToken = default) => AskAsync(store => store.FindRunAsync(runId, cancellationToken));

    public ValueTask<Page<IngestReport>> GetRunsAsync(PageRequest page, CancellationToken cancellationToken = default) => AskAsync(store => store.GetRunsAsync(page, cancellationToken));

    public ValueTask<Page<QuarantinedRecord>> GetQuarantineAsync(QuarantineQuery query, CancellationToken cancellationToken = default) => AskAsync(store => store.GetQuarantineAsync(query, cancellationToken));

    /// <summary>One page of the documents of the ledger; empty if it keeps none.</summary>
    public ValueTask<Page<LedgerDocument>> GetDocumentsAsync(DocumentQuery query, CancellationToken cancellationToken) => AskAsync(async store =>
        store is IAmendableStore documents && await documents.KeepsDocumentsAsync(cancellationToken).ConfigureAwait(false)
            ? await documents.GetDocumentsAsync(query, cancellationToken).ConfigureAwait(false)
            : new Page<LedgerDocument>([], null));

    /// <summary>Whether the ledger keeps documents.</summary>
    public ValueTask<bool> KeepsDocumentsAsync(CancellationToken cancellationToken) => AskAsync(store => store is IAmendableStore documents ? documents.KeepsDocumentsAsync(cancellationToken) : ValueTask.FromResult(false));

    public ValueTask<string> GetMarkAsync(CancellationToken cancellationToken = default) => ValueTask.FromResult("");

    // A dry run stores nothing that could be known later.
    public ValueTask RememberAsync(string terms, string runId, string mark, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

    public ValueTask<IngestReport?> FindKnownRunAsync(string terms, CancellationToken cancellationToken = default) =>
        AskAsync(store => store is IKnownSources known ? known.FindKnownRunAsync(terms, cancellationToken) : ValueTask.FromResult<IngestReport?>(null));

    // A ledger without tables is an empty one, which a run would create. It is asked again each time: another program may create them.
    private async ValueTask<T> AskAsync<T>(Func<IBillingStore, ValueTask<T>> read)
    {
        if (_ledger.IsMissing)
        {
            return await read(new MemorySink()).ConfigureAwait(false);
        }

        try
        {
            return await read(_ledger).ConfigureAwait(false);
        }
        catch (StoreMissingException)
        {
            return await read(new MemorySink()).ConfigureAwait(false);
        }
    }

    private static WriteOutcome Compare(HeldRecord record, HeldRecord held) =>
        record.Fingerprint == held.Fingerprint ? WriteOutcome.Duplicate(held.Source.Name) : WriteOutcome.Conflict(held.Source.Name, held.Fingerprint);
}
