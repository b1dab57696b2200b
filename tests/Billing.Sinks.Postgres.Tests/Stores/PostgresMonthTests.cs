namespace Billing.Sinks.Postgres.Tests.Stores;

public sealed class PostgresMonthTests : MonthSuite<PostgresStore>;
