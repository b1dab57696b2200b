namespace Billing.Sinks.Sqlite.Tests.Stores;

public sealed class SqliteFileUndoTests : UndoSuite<SqliteFileStore>;
