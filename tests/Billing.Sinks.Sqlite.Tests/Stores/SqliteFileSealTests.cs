namespace Billing.Sinks.Sqlite.Tests.Stores;

public sealed class SqliteFileSealTests : SealSuite<SqliteFileStore>;
