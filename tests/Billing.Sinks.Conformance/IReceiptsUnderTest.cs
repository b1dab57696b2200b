namespace Billing.Sinks.Conformance;

/// <summary>A new, empty receipt store that <see cref="ReceiptSuite{TLedger}"/> tests.</summary>
public interface IReceiptsUnderTest : IAsyncDisposable
{
    /// <summary>Returns a receipt store that is also an <see cref="IAlertStore"/>. Every call returns another object if this kind of store allows several.</summary>
    IReceiptStore ConnectReceipts();
}
