namespace Billing.Sinks.Sqlite.Tests.Stores;

public sealed class SqliteFileMonthTests : MonthSuite<SqliteFileStore>;
