namespace Billing.Sinks.Sqlite.Tests.Stores;

[Trait("Culture", "independent")]
public sealed class SqliteSortedPendingTests : PendingSuite<SqliteSortedStore>;
