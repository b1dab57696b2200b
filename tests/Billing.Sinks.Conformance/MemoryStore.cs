namespace Billing.Sinks.Conformance;

/// <summary>The reference.</summary>
public sealed class MemoryStore : IStoreUnderTest
{
    private readonly MemorySink _sink = new();

    public IBillingSink Connect() => _sink;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
