namespace Billing.Sinks.Sqlite.Tests.Stores;

public sealed class SqliteFileReceiptTests : ReceiptSuite<SqliteFileStore>;
