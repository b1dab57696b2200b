namespace Billing.Sinks.Sqlite.Tests.Stores;

public sealed class MemorySealTests : SealSuite<MemoryStore>;
