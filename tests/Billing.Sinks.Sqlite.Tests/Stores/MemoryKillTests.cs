namespace Billing.Sinks.Sqlite.Tests.Stores;

public sealed class MemoryKillTests : KillSuite<MemoryStore>;
