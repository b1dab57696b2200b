namespace Billing.Sinks.Conformance.Tests;

/// <summary>The reference, as one that only writes.</summary>
public sealed class MemorySinkOnly() : SinkUnderTest(new MemorySink());
