namespace Billing.Sinks.Conformance.Tests;

public sealed class JournalTests : SinkSuite<JournalUnderTest>;
