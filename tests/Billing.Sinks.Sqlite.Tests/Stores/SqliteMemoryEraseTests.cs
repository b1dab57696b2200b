namespace Billing.Sinks.Sqlite.Tests.Stores;

public sealed class SqliteMemoryEraseTests : EraseSuite<SqliteMemoryStore>;
