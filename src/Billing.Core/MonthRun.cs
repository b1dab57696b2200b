namespace Billing;

/// <summary>A run that a report draws on.</summary>
/// <param name="RunId">The id of the run.</param>
/// <param name="Source">The name of its source; null if the ledger has no report of the run.</param>
/// <param name="Sha256">The SHA-256 of its source's bytes; null where it is not known.</param>
/// <param name="Rows">The number of records of the month that the run brought.</param>
public sealed record MonthRun(string RunId, string? Source, string? Sha256, long Rows);
