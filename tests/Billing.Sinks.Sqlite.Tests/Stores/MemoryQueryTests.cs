namespace Billing.Sinks.Sqlite.Tests.Stores;

public sealed class MemoryQueryTests : QuerySuite<MemoryStore>;
