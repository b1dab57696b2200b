namespace Billing.Sinks.Sqlite.Tests.Stores;

public sealed class MemoryMigrationTests : MigrationSuite<MemoryStore>;
