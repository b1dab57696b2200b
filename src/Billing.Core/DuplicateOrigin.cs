namespace Billing;

/// <summary>Rows that the store already had, from a source other than the one being read.</summary>
/// <param name="Source">The name of the source that they were stored from.</param>
/// <param name="Rows">The number of rows.</param>
public sealed record DuplicateOrigin(string Source, long Rows);
