namespace Billing.Sinks.Conformance.Tests;

/// <summary>The reference holds the smaller suite, too.</summary>
public sealed class MemorySinkTests : SinkSuite<MemorySinkTests.Memory>
{
    /// <summary>The reference, as one that only writes.</summary>
    public sealed class Memory() : SinkUnderTest(new MemorySink());
}
