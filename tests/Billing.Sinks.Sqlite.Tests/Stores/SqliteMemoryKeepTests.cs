namespace Billing.Sinks.Sqlite.Tests.Stores;

public sealed class SqliteMemoryKeepTests : KeepSuite<SqliteMemoryStore>;
