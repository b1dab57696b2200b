namespace Billing.Sinks.Sqlite.Tests.Stores;

public sealed class SqliteSortedUndoTests : UndoSuite<SqliteSortedStore>;
