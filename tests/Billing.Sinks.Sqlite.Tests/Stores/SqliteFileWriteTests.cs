namespace Billing.Sinks.Sqlite.Tests.Stores;

public sealed class SqliteFileWriteTests : WriteSuite<SqliteFileStore>;
