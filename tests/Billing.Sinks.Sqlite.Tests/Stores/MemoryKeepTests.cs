namespace Billing.Sinks.Sqlite.Tests.Stores;

public sealed class MemoryKeepTests : KeepSuite<MemoryStore>;
