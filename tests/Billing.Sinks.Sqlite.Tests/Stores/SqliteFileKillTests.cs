namespace Billing.Sinks.Sqlite.Tests.Stores;

public sealed class SqliteFileKillTests : KillSuite<SqliteFileStore>;
