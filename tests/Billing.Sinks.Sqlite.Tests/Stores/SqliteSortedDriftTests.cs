namespace Billing.Sinks.Sqlite.Tests.Stores;

public sealed class SqliteSortedDriftTests : DriftSuite<SqliteSortedStore>;
