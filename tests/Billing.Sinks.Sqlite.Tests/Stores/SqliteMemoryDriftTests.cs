namespace Billing.Sinks.Sqlite.Tests.Stores;

public sealed class SqliteMemoryDriftTests : DriftSuite<SqliteMemoryStore>;
