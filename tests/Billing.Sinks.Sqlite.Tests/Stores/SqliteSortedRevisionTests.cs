namespace Billing.Sinks.Sqlite.Tests.Stores;

public sealed class SqliteSortedRevisionTests : RevisionSuite<SqliteSortedStore>;
