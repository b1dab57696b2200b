namespace Billing.Sinks.Sqlite.Tests.Stores;

public sealed class SqliteMemoryKnownTests : KnownSuite<SqliteMemoryStore>;
