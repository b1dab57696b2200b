namespace Billing.Sinks.Sqlite.Tests.Stores;

public sealed class SqliteFileRevisionTests : RevisionSuite<SqliteFileStore>;
