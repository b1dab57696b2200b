namespace Billing.Sinks.Sqlite.Tests.Stores;

public sealed class SqliteFileQueryTests : QuerySuite<SqliteFileStore>;
