namespace Billing.Sinks.Sqlite.Tests.Stores;

public sealed class MemoryEraseTests : EraseSuite<MemoryStore>;
