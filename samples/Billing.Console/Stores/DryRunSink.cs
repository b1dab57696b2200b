namespace Billing.Console.Stores;

/// <summary>
/// Says what a ledger would do and does nothing. It looks keys up in the store, if there is one, and remembers the keys of this run:
/// about 100 bytes of memory per new record. What the store refuses it refuses: a run asks it for the runs before.
/// </summary>
internal sealed class DryRunSink(IBillingStore? store, string address) : IBillingStore
{
    private readonly IBillingStore _store = store ?? new MemorySink();
    private readonly Dictionary<RecordKey, (Fingerprint Fingerprint, string Source)> _written = [];

    public string Name => address;

    public async ValueTask<IReadOnlyList<WriteOutcome>> WriteAsync(IReadOnlyList<BillingRecord> records, CancellationToken cancellationToken)
    {
        WriteOutcome[] outcomes = new WriteOutcome[records.Count];
        for (int i = 0; i < outcomes.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            outcomes[i] = await OutcomeAsync(records[i], cancellationToken);
        }

        return outcomes;
    }

    public ValueTask WriteQuarantineAsync(IReadOnlyList<QuarantinedRecord> records, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask WriteRunAsync(IngestReport run, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask ResolveQuarantineAsync(IReadOnlyList<RecordKey> keys, string resolution, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask<BillingRecord?> FindAsync(RecordKey key, CancellationToken cancellationToken) => _store.FindAsync(key, cancellationToken);

    public ValueTask<Page<BillingRecord>> QueryAsync(RecordQuery query, CancellationToken cancellationToken) => _store.QueryAsync(query, cancellationToken);

    public ValueTask<IReadOnlyList<SummaryRow>> SummarizeAsync(SummaryBy by, RecordQuery query, CancellationToken cancellationToken) => _store.SummarizeAsync(by, query, cancellationToken);

    public ValueTask<IngestReport?> FindRunAsync(string runId, CancellationToken cancellationToken) => _store.FindRunAsync(runId, cancellationToken);

    public ValueTask<Page<IngestReport>> GetRunsAsync(PageRequest page, CancellationToken cancellationToken) => _store.GetRunsAsync(page, cancellationToken);

    public ValueTask<Page<QuarantinedRecord>> GetQuarantineAsync(QuarantineQuery query, CancellationToken cancellationToken) => _store.GetQuarantineAsync(query, cancellationToken);

    private async ValueTask<WriteOutcome> OutcomeAsync(BillingRecord record, CancellationToken cancellationToken)
    {
        if (_written.TryGetValue(record.Key, out (Fingerprint Fingerprint, string Source) known))
        {
            return Compare(record, known.Fingerprint, known.Source);
        }

        if (await _store.FindAsync(record.Key, cancellationToken) is { } stored)
        {
            return Compare(record, stored.Fingerprint, stored.Source.Name);
        }

        _written.Add(record.Key, (record.Fingerprint, record.Source.Name));
        return WriteOutcome.Stored;
    }

    private static WriteOutcome Compare(BillingRecord record, Fingerprint fingerprint, string source) =>
        record.Fingerprint == fingerprint ? WriteOutcome.Duplicate(source) : WriteOutcome.Conflict(source, fingerprint);
}
