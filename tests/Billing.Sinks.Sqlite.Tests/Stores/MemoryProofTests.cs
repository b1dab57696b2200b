namespace Billing.Sinks.Sqlite.Tests.Stores;

public sealed class MemoryProofTests : ProofSuite<MemoryStore>;
