namespace Billing.Sinks.Postgres.Tests.Stores;

public sealed class PostgresReceiptTests : ReceiptSuite<PostgresStore>;
