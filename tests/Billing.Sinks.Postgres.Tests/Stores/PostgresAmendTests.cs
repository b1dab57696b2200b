namespace Billing.Sinks.Postgres.Tests.Stores;

public sealed class PostgresAmendTests : AmendSuite<PostgresStore>;
