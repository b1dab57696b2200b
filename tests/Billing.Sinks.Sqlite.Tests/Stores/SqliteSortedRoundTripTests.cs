namespace Billing.Sinks.Sqlite.Tests.Stores;

public sealed class SqliteSortedRoundTripTests : RoundTripSuite<SqliteSortedStore>;
