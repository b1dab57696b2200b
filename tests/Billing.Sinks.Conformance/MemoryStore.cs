namespace Billing.Sinks.Conformance;

/// <summary>The reference.</summary>
public sealed class MemoryStore : IStoreUnderTest, IReceiptsUnderTest
{
    private readonly MemorySink _sink = new();

    public IBillingSink Connect() => _sink;

    public IReceiptLedger ConnectReceipts() => _sink;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
