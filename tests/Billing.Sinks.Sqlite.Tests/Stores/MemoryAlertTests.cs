namespace Billing.Sinks.Sqlite.Tests.Stores;

public sealed class MemoryAlertTests : AlertSuite<MemoryStore>;
