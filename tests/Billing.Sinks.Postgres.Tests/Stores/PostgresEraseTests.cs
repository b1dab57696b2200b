namespace Billing.Sinks.Postgres.Tests.Stores;

public sealed class PostgresEraseTests : EraseSuite<PostgresStore>;
