namespace Billing.Sinks.Sqlite.Tests.Stores;

public sealed class SqliteMemoryQueryTests : QuerySuite<SqliteMemoryStore>;
