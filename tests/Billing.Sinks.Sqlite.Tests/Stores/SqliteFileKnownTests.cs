namespace Billing.Sinks.Sqlite.Tests.Stores;

public sealed class SqliteFileKnownTests : KnownSuite<SqliteFileStore>;
