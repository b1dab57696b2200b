namespace Billing.Sinks.Sqlite.Tests.Stores;

public sealed class SqliteFileAmendTests : AmendSuite<SqliteFileStore>;
