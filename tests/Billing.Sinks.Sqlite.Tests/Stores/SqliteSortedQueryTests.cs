namespace Billing.Sinks.Sqlite.Tests.Stores;

public sealed class SqliteSortedQueryTests : QuerySuite<SqliteSortedStore>;
