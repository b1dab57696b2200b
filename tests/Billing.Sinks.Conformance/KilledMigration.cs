namespace Billing.Sinks.Conformance;

/// <summary>A store whose process ends at one point of a migration: before a call, or after a part of its work.</summary>
internal sealed class KilledMigration(IMigratableStore store, int point) : IMigratableStore
{
    private int _calls;

    public string Name => store.Name;

    public async ValueTask ReplaceAsync(IReadOnlyList<RecordMove> moves, CancellationToken cancellationToken)
    {
        DieAtPoint();
        if (_calls++ == point)
        {
            await store.ReplaceAsync([.. moves.Take((moves.Count + 1) / 2)], cancellationToken);
            throw new KilledException();
        }

        await store.ReplaceAsync(moves, cancellationToken);
        DieAtPoint();
    }

    public async ValueTask WriteRunAsync(IngestReport run, CancellationToken cancellationToken)
    {
        DieAtPoint();
        await store.WriteRunAsync(run, cancellationToken);
    }

    public ValueTask<IReadOnlyList<WriteOutcome>> WriteAsync(IReadOnlyList<BillingRecord> records, CancellationToken cancellationToken) => store.WriteAsync(records, cancellationToken);

    public ValueTask WriteQuarantineAsync(IReadOnlyList<QuarantinedRecord> records, CancellationToken cancellationToken) => store.WriteQuarantineAsync(records, cancellationToken);

    public ValueTask<BillingRecord?> FindAsync(RecordKey key, CancellationToken cancellationToken) => store.FindAsync(key, cancellationToken);

    public ValueTask<IReadOnlyList<BillingRecord?>> FindAllAsync(IReadOnlyList<RecordKey> keys, CancellationToken cancellationToken) => store.FindAllAsync(keys, cancellationToken);

    public ValueTask<Page<BillingRecord>> QueryAsync(RecordQuery query, CancellationToken cancellationToken) => store.QueryAsync(query, cancellationToken);

    public ValueTask<IReadOnlyList<SummaryRow>> SummarizeAsync(SummaryBy by, RecordQuery query, CancellationToken cancellationToken) => store.SummarizeAsync(by, query, cancellationToken);

    public ValueTask<IngestReport?> FindRunAsync(string runId, CancellationToken cancellationToken) => store.FindRunAsync(runId, cancellationToken);

    public ValueTask<Page<IngestReport>> GetRunsAsync(PageRequest page, CancellationToken cancellationToken) => store.GetRunsAsync(page, cancellationToken);

    public ValueTask<Page<QuarantinedRecord>> GetQuarantineAsync(QuarantineQuery query, CancellationToken cancellationToken) => store.GetQuarantineAsync(query, cancellationToken);

    public ValueTask ResolveQuarantineAsync(IReadOnlyList<RecordKey> keys, string resolution, CancellationToken cancellationToken) => store.ResolveQuarantineAsync(keys, resolution, cancellationToken);

    private void DieAtPoint()
    {
        if (_calls++ == point)
        {
            throw new KilledException();
        }
    }
}
