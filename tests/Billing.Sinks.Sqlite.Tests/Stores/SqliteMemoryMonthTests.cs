namespace Billing.Sinks.Sqlite.Tests.Stores;

public sealed class SqliteMemoryMonthTests : MonthSuite<SqliteMemoryStore>;
