namespace Billing.Sinks.Sqlite.Tests.Stores;

public sealed class MemoryDriftTests : DriftSuite<MemoryStore>;
