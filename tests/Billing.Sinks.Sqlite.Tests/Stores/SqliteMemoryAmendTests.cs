namespace Billing.Sinks.Sqlite.Tests.Stores;

public sealed class SqliteMemoryAmendTests : AmendSuite<SqliteMemoryStore>;
