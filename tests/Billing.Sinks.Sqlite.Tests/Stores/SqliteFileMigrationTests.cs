namespace Billing.Sinks.Sqlite.Tests.Stores;

public sealed class SqliteFileMigrationTests : MigrationSuite<SqliteFileStore>;
