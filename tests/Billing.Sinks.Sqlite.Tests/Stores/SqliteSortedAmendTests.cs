namespace Billing.Sinks.Sqlite.Tests.Stores;

public sealed class SqliteSortedAmendTests : AmendSuite<SqliteSortedStore>;
