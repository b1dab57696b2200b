namespace Billing.Sinks.Sqlite.Tests.Stores;

public sealed class SqliteMemoryRoundTripTests : RoundTripSuite<SqliteMemoryStore>;
