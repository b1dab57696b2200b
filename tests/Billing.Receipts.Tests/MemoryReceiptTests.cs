namespace Billing.Receipts.Tests;

public sealed class MemoryReceiptTests : ReceiptSuite<MemoryReceipts>;
