namespace Billing.Sinks.Sqlite.Tests.Stores;

public sealed class SqliteMemoryRevisionTests : RevisionSuite<SqliteMemoryStore>;
