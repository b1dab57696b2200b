namespace Billing.Sinks.Postgres.Tests.Stores;

public sealed class PostgresUndoTests : UndoSuite<PostgresStore>;
