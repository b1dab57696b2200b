namespace Billing.Sinks.Sqlite.Tests.Stores;

public sealed class SqliteMemoryProofTests : ProofSuite<SqliteMemoryStore>;
