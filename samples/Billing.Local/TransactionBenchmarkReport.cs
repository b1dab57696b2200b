namespace Billing.Local;

/// <summary>The result of <see cref="TransactionBenchmark"/>.</summary>
/// <param name="Count">The number of transactions sent as fast as possible.</param>
/// <param name="Total">The time from sending the first of them until the last was stored.</param>
/// <param name="PacedCount">The number of transactions sent at an even pace, to measure latency.</param>
/// <param name="PacedPerSecond">The pace, in transactions per second.</param>
/// <param name="Median">The time from sending to storing within which half of these were stored.</param>
/// <param name="Percentile95">The time within which 95 of 100 were stored.</param>
/// <param name="Percentile99">The time within which 99 of 100 were stored.</param>
/// <param name="Longest">The time within which all were stored.</param>
public sealed record TransactionBenchmarkReport(int Count, TimeSpan Total, int PacedCount, int PacedPerSecond, TimeSpan Median, TimeSpan Percentile95, TimeSpan Percentile99, TimeSpan Longest);
