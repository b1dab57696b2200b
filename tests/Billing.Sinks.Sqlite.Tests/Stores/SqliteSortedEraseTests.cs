namespace Billing.Sinks.Sqlite.Tests.Stores;

public sealed class SqliteSortedEraseTests : EraseSuite<SqliteSortedStore>;
