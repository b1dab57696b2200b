namespace Billing.Aws.Tests;

/// <summary>A ledger in memory whose first writes fail.</summary>
internal sealed class FallingLedger : IBillingSink
{
    private int _failures;

    public MemorySink Inner { get; } = new();

    /// <summary>How many writes are still to fail.</summary>
    public int Failures
    {
        get => _failures;
        init => _failures = value;
    }

    public string Name => "falling";

    public ValueTask<IReadOnlyList<WriteOutcome>> WriteAsync(IReadOnlyList<BillingRecord> records, CancellationToken cancellationToken) =>
        Interlocked.Decrement(ref _failures) >= 0 ? throw new TimeoutException("The server does not answer.") : Settled(records, cancellationToken);

    public ValueTask WriteQuarantineAsync(IReadOnlyList<QuarantinedRecord> records, CancellationToken cancellationToken) => Inner.WriteQuarantineAsync(records, cancellationToken);

    public ValueTask WriteRunAsync(IngestReport run, CancellationToken cancellationToken) => Inner.WriteRunAsync(run, cancellationToken);

    private ValueTask<IReadOnlyList<WriteOutcome>> Settled(IReadOnlyList<BillingRecord> records, CancellationToken cancellationToken)
    {
        _failures = 0;
        return Inner.WriteAsync(records, cancellationToken);
    }
}
