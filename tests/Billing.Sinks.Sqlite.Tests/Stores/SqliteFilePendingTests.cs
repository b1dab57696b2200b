namespace Billing.Sinks.Sqlite.Tests.Stores;

public sealed class SqliteFilePendingTests : PendingSuite<SqliteFileStore>;
