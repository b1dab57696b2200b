namespace Billing.Sinks.Conformance.Broken;

/// <summary>A broken sink under test.</summary>
public sealed class BrokenStore<TSink> : IStoreUnderTest
    where TSink : BrokenSink, new()
{
    private readonly TSink _sink = new();

    /// <inheritdoc/>
    public IBillingStore Connect() => _sink;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
