namespace Billing.Sinks.Sqlite.Tests.Stores;

public sealed class SqliteSortedKnownTests : KnownSuite<SqliteSortedStore>;
