namespace Billing.Sinks.Sqlite.Tests.Stores;

public sealed class MemoryReceiptTests : ReceiptSuite<MemoryStore>;
