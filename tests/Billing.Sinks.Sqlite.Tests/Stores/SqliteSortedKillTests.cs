namespace Billing.Sinks.Sqlite.Tests.Stores;

public sealed class SqliteSortedKillTests : KillSuite<SqliteSortedStore>;
