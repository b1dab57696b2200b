namespace Billing.KilledProcess;

/// <summary>A ledger whose calls are moments.</summary>
internal sealed class WatchedSink(IBillingStore sink, Moments moments) : IBillingStore
{
    public string Name => sink.Name;

    public async ValueTask<IReadOnlyList<WriteOutcome>> WriteAsync(IReadOnlyList<BillingRecord> records, CancellationToken cancellationToken)
    {
        moments.Pass();
        IReadOnlyList<WriteOutcome> outcomes = await sink.WriteAsync(new WatchedList<BillingRecord>(records, moments), cancellationToken);
        moments.Pass();
        return outcomes;
    }

    public async ValueTask WriteQuarantineAsync(IReadOnlyList<QuarantinedRecord> records, CancellationToken cancellationToken)
    {
        moments.Pass();
        await sink.WriteQuarantineAsync(new WatchedList<QuarantinedRecord>(records, moments), cancellationToken);
        moments.Pass();
    }

    public async ValueTask WriteRunAsync(IngestReport run, CancellationToken cancellationToken)
    {
        moments.Pass();
        await sink.WriteRunAsync(run, cancellationToken);
        moments.Pass();
    }

    public ValueTask<RunTotals?> TotalsOfRunAsync(IngestReport run, CancellationToken cancellationToken) => sink.TotalsOfRunAsync(run, cancellationToken);

    public ValueTask<BillingRecord?> FindAsync(RecordKey key, CancellationToken cancellationToken) => sink.FindAsync(key, cancellationToken);

    public ValueTask<Page<BillingRecord>> QueryAsync(RecordQuery query, CancellationToken cancellationToken) => sink.QueryAsync(query, cancellationToken);

    public ValueTask<IReadOnlyList<SummaryRow>> SummarizeAsync(SummaryBy by, RecordQuery query, CancellationToken cancellationToken) => sink.SummarizeAsync(by, query, cancellationToken);

    public ValueTask<IngestReport?> FindRunAsync(string runId, CancellationToken cancellationToken) => sink.FindRunAsync(runId, cancellationToken);

    public ValueTask<Page<IngestReport>> GetRunsAsync(PageRequest page, CancellationToken cancellationToken) => sink.GetRunsAsync(page, cancellationToken);

    public ValueTask<Page<QuarantinedRecord>> GetQuarantineAsync(QuarantineQuery query, CancellationToken cancellationToken) => sink.GetQuarantineAsync(query, cancellationToken);

    public ValueTask ResolveQuarantineAsync(IReadOnlyList<RecordKey> keys, string resolution, CancellationToken cancellationToken) => sink.ResolveQuarantineAsync(keys, resolution, cancellationToken);
}
