namespace Billing.Sinks.Sqlite.Tests.Stores;

public sealed class SqliteFileEraseTests : EraseSuite<SqliteFileStore>;
