namespace Billing.Sinks.Postgres.Tests.Stores;

public sealed class PostgresQueryTests : QuerySuite<PostgresStore>;
