namespace Billing.Local;

/// <summary>What a <see cref="TransactionBenchmark"/> has measured.</summary>
/// <param name="Count">How many transactions went through as fast as they could.</param>
/// <param name="Total">From sending the first of them until the last was stored.</param>
/// <param name="PacedCount">How many were sent at an even pace, for their latency.</param>
/// <param name="PacedPerSecond">That pace.</param>
/// <param name="Median">Half of these were stored within this time of being sent.</param>
/// <param name="Percentile95">95 of 100.</param>
/// <param name="Percentile99">99 of 100.</param>
/// <param name="Longest">All of them.</param>
public sealed record TransactionBenchmarkReport(int Count, TimeSpan Total, int PacedCount, int PacedPerSecond, TimeSpan Median, TimeSpan Percentile95, TimeSpan Percentile99, TimeSpan Longest);
