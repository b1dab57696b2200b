namespace Billing.Sinks.Sqlite.Tests.Stores;

public sealed class MemoryMonthTests : MonthSuite<MemoryStore>;
