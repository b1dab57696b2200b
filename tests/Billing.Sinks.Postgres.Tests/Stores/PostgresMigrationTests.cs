namespace Billing.Sinks.Postgres.Tests.Stores;

public sealed class PostgresMigrationTests : MigrationSuite<PostgresStore>;
