namespace Billing.Aws.Tests;

/// <summary>A ledger in memory that fails when a test says so.</summary>
internal sealed class StubLedger : IBillingSink
{
    public MemorySink Memory { get; } = new();

    public List<QuarantinedRecord> Quarantine { get; } = [];

    public bool FailsQuarantine { get; set; }

    public bool FailsRecords { get; set; }

    public int Runs { get; private set; }

    public string Name => "stub";

    public ValueTask<IReadOnlyList<WriteOutcome>> WriteAsync(IReadOnlyList<BillingRecord> records, CancellationToken cancellationToken) =>
        FailsRecords ? throw new BillingException("The store is down.") : Memory.WriteAsync(records, cancellationToken);

    public ValueTask WriteQuarantineAsync(IReadOnlyList<QuarantinedRecord> records, CancellationToken cancellationToken)
    {
        if (FailsQuarantine)
        {
            throw new BillingException("The quarantine is down.");
        }

        lock (Quarantine)
        {
            Quarantine.AddRange(records);
        }

        return Memory.WriteQuarantineAsync(records, cancellationToken);
    }

    public ValueTask WriteRunAsync(IngestReport run, CancellationToken cancellationToken)
    {
        Runs += run.Status == RunStatus.Completed ? 1 : 0;
        return Memory.WriteRunAsync(run, cancellationToken);
    }
}
