namespace Billing.Sinks.Sqlite.Tests.Stores;

public sealed class SqliteSortedMonthTests : MonthSuite<SqliteSortedStore>;
