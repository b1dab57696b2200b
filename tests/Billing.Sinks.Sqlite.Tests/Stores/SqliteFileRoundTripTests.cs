namespace Billing.Sinks.Sqlite.Tests.Stores;

public sealed class SqliteFileRoundTripTests : RoundTripSuite<SqliteFileStore>;
