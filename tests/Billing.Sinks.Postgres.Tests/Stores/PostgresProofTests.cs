namespace Billing.Sinks.Postgres.Tests.Stores;

public sealed class PostgresProofTests : ProofSuite<PostgresStore>;
