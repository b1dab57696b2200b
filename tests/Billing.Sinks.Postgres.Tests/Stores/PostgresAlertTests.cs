namespace Billing.Sinks.Postgres.Tests.Stores;

public sealed class PostgresAlertTests : AlertSuite<PostgresStore>;
