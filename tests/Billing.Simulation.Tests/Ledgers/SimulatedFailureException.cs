namespace Billing.Simulation.Tests.Ledgers;

/// <summary>A failure that a schedule asks for.</summary>
internal sealed class SimulatedFailureException(string message) : IOException(message);
