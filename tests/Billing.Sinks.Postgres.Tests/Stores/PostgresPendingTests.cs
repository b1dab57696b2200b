namespace Billing.Sinks.Postgres.Tests.Stores;

public sealed class PostgresPendingTests : PendingSuite<PostgresStore>;
