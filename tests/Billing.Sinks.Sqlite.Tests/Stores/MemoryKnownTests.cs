namespace Billing.Sinks.Sqlite.Tests.Stores;

public sealed class MemoryKnownTests : KnownSuite<MemoryStore>;
