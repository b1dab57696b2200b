namespace Billing.Sinks.Sqlite.Tests.Stores;

public sealed class SqliteFileAlertTests : AlertSuite<SqliteFileStore>;
