namespace Billing.Sinks.Sqlite.Tests.Stores;

public sealed class MemoryWriteTests : WriteSuite<MemoryStore>;
