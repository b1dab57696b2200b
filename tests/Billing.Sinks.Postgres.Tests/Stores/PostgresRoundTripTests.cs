namespace Billing.Sinks.Postgres.Tests.Stores;

public sealed class PostgresRoundTripTests : RoundTripSuite<PostgresStore>;
