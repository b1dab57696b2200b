namespace Billing.Sinks.Sqlite.Tests.Stores;

public sealed class SqliteMemoryReceiptTests : ReceiptSuite<SqliteMemoryStore>;
