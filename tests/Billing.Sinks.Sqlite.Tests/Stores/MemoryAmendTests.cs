namespace Billing.Sinks.Sqlite.Tests.Stores;

public sealed class MemoryAmendTests : AmendSuite<MemoryStore>;
