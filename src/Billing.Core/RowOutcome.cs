namespace Billing;

/// <summary>The outcome of one row of a source.</summary>
/// <param name="Source">The name of the source, and where in it the row begins.</param>
/// <param name="Kind">The outcome.</param>
/// <param name="Key">The key of the record; for a row that never became a record, its key in the quarantine.</param>
/// <param name="Reason">A code of <see cref="QuarantineReason"/> for a row in quarantine or in conflict; null otherwise.</param>
/// <param name="Detail">What is wrong and what to do, for the same rows; null otherwise.</param>
public readonly record struct RowOutcome(RecordSource Source, RowOutcomeKind Kind, RecordKey Key, string? Reason = null, string? Detail = null);
