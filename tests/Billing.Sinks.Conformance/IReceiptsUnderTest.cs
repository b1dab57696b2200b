namespace Billing.Sinks.Conformance;

/// <summary>A new, empty ledger of receipts that <see cref="ReceiptSuite{TLedger}"/> is run against.</summary>
public interface IReceiptsUnderTest : IAsyncDisposable
{
    /// <summary>A ledger, which is also an <see cref="IAlertStore"/>. Every call gives another object where the kind of ledger has several.</summary>
    IReceiptStore ConnectReceipts();
}
