namespace Billing.Sinks.Sqlite.Tests.Stores;

public sealed class SqliteFileKeepTests : KeepSuite<SqliteFileStore>;
