namespace Billing.Sinks.Sqlite.Tests.Stores;

public sealed class SqliteSortedPendingTests : PendingSuite<SqliteSortedStore>;
