namespace Billing.Simulation.Tests.Ledgers;

/// <summary>Ends the work as the end of a process would.</summary>
internal sealed class ProcessEndException() : Exception("The process has ended, as the schedule says.");
