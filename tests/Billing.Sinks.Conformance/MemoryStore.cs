namespace Billing.Sinks.Conformance;

/// <summary>The reference store, in memory.</summary>
public sealed class MemoryStore() : StoreUnderTest(new MemorySink());
