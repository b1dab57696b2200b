namespace Billing.Sinks.Sqlite.Tests.Stores;

public sealed class SqliteSortedWriteTests : WriteSuite<SqliteSortedStore>;
