namespace Billing.Sinks.Sqlite.Tests.Stores;

public sealed class MemoryRoundTripTests : RoundTripSuite<MemoryStore>;
