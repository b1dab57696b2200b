namespace Billing.Sinks.Sqlite.Tests.Stores;

public sealed class SqliteSortedSealTests : SealSuite<SqliteSortedStore>;
