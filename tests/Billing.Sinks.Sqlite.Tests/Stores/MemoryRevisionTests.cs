namespace Billing.Sinks.Sqlite.Tests.Stores;

public sealed class MemoryRevisionTests : RevisionSuite<MemoryStore>;
