namespace Billing.Sinks.Sqlite.Tests.Stores;

[Trait("Culture", "independent")]
public sealed class SqliteSortedKnownTests : KnownSuite<SqliteSortedStore>;
