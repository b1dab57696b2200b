namespace Billing.Simulation.Tests.Ledgers.Broken;

/// <summary>
/// Forgets what it has committed where the run then ended early, as a store does whose claims and rows are two writes: the next delivery of these rows is stored beside them.
/// </summary>
internal sealed class ForgetfulStore(IMigratableStore inner) : BrokenStore(inner)
{
    private readonly HashSet<RecordKey> _open = [];
    private readonly HashSet<RecordKey> _forgotten = [];

    public override ValueTask WriteRunAsync(IngestReport run, CancellationToken cancellationToken = default)
    {
        if (run.Status == RunStatus.Failed)
        {
            _forgotten.UnionWith(_open);
        }

        _open.Clear();
        return base.WriteRunAsync(run, cancellationToken);
    }

    protected override async ValueTask<IReadOnlyList<WriteOutcome>> BreakAsync(IReadOnlyList<BillingRecord> records, CancellationToken cancellationToken)
    {
        BillingRecord[] written = [.. records.Select(record => _forgotten.Remove(record.Key) ? Copy(record, Other(record.Key), record) : record)];
        IReadOnlyList<WriteOutcome> outcomes = await Inner.WriteAsync(written, cancellationToken);
        _open.UnionWith(records.Where((_, i) => outcomes[i].Kind == WriteOutcomeKind.Stored).Select(record => record.Key));
        return outcomes;
    }
}
