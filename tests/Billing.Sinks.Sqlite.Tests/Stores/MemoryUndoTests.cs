namespace Billing.Sinks.Sqlite.Tests.Stores;

public sealed class MemoryUndoTests : UndoSuite<MemoryStore>;
