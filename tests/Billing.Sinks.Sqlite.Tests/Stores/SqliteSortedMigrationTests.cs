namespace Billing.Sinks.Sqlite.Tests.Stores;

public sealed class SqliteSortedMigrationTests : MigrationSuite<SqliteSortedStore>;
