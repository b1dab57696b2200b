namespace Billing.Sinks.Sqlite.Tests.Stores;

public sealed class SqliteMemoryWriteTests : WriteSuite<SqliteMemoryStore>;
