namespace Billing.Sinks.Conformance;

/// <summary>The reference.</summary>
public sealed class MemoryStore() : StoreUnderTest(new MemorySink());
