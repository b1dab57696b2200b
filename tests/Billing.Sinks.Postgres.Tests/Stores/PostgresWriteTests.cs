namespace Billing.Sinks.Postgres.Tests.Stores;

public sealed class PostgresWriteTests : WriteSuite<PostgresStore>;
