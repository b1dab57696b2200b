namespace Billing.Sinks.Sqlite.Tests.Stores;

public sealed class SqliteFileProofTests : ProofSuite<SqliteFileStore>;
