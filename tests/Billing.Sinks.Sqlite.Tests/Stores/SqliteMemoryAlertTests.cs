namespace Billing.Sinks.Sqlite.Tests.Stores;

public sealed class SqliteMemoryAlertTests : AlertSuite<SqliteMemoryStore>;
