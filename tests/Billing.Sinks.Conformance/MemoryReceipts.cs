namespace Billing.Sinks.Conformance;

/// <summary>The reference for receipts.</summary>
public sealed class MemoryReceipts : IReceiptsUnderTest
{
    private readonly MemoryReceiptStore _store = new();

    /// <inheritdoc/>
    public IReceiptStore ConnectReceipts() => _store;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
