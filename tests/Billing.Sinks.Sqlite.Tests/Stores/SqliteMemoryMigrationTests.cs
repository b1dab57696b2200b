namespace Billing.Sinks.Sqlite.Tests.Stores;

public sealed class SqliteMemoryMigrationTests : MigrationSuite<SqliteMemoryStore>;
