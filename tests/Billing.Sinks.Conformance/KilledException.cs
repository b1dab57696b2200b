namespace Billing.Sinks.Conformance;

/// <summary>The end of a process, as far as a test can play it.</summary>
public sealed class KilledException() : Exception("Killed by the suite.");
