namespace Billing.Sinks.Postgres.Tests.Stores;

public sealed class PostgresKeepTests : KeepSuite<PostgresStore>;
