namespace Billing.Sinks.Sqlite.Tests.Stores;

public sealed class SqliteMemorySealTests : SealSuite<SqliteMemoryStore>;
