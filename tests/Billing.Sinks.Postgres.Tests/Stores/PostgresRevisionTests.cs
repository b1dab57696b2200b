namespace Billing.Sinks.Postgres.Tests.Stores;

public sealed class PostgresRevisionTests : RevisionSuite<PostgresStore>;
