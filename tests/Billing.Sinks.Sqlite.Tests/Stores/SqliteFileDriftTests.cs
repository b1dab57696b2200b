namespace Billing.Sinks.Sqlite.Tests.Stores;

public sealed class SqliteFileDriftTests : DriftSuite<SqliteFileStore>;
