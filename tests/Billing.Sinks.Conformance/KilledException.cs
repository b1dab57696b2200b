namespace Billing.Sinks.Conformance;

/// <summary>Ends the work as the end of a process would, as far as a test can simulate it.</summary>
public sealed class KilledException() : Exception("Killed by the suite.");
