namespace Billing.Simulation.Tests.Runs;

/// <summary>What came of a schedule.</summary>
/// <param name="Violation">What did not hold; null if all did.</param>
/// <param name="Step">The number of the step after which it did not, from 1; one more than there are steps if it was found at the end.</param>
/// <param name="Trace">What came of each step.</param>
/// <param name="Digest">The digest of the ledger at the end.</param>
internal sealed record Outcome(Exception? Violation, int Step, IReadOnlyList<string> Trace, string Digest);
