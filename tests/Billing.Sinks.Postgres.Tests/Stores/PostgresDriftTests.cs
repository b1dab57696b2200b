namespace Billing.Sinks.Postgres.Tests.Stores;

public sealed class PostgresDriftTests : DriftSuite<PostgresStore>;
