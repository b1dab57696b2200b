namespace Billing.Sinks.Postgres.Tests.Stores;

public sealed class PostgresKillTests : KillSuite<PostgresStore>;
