namespace Billing.Sinks.Postgres.Tests.Stores;

public sealed class PostgresSealTests : SealSuite<PostgresStore>;
