namespace Billing.Hosting.Tests;

/// <summary>A ledger in memory, with something done before each write.</summary>
internal sealed class HookedSink : IBillingSink
{
    public MemorySink Inner { get; } = new();

    public Action? OnWrite { get; set; }

    public string Name => "hooked";

    public ValueTask<IReadOnlyList<WriteOutcome>> WriteAsync(IReadOnlyList<BillingRecord> records, CancellationToken cancellationToken)
    {
        OnWrite?.Invoke();
        return Inner.WriteAsync(records, cancellationToken);
    }

    public ValueTask WriteQuarantineAsync(IReadOnlyList<QuarantinedRecord> records, CancellationToken cancellationToken) => Inner.WriteQuarantineAsync(records, cancellationToken);

    public ValueTask WriteRunAsync(IngestReport run, CancellationToken cancellationToken) => Inner.WriteRunAsync(run, cancellationToken);
}
