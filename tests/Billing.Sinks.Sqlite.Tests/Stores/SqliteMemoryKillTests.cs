namespace Billing.Sinks.Sqlite.Tests.Stores;

public sealed class SqliteMemoryKillTests : KillSuite<SqliteMemoryStore>;
