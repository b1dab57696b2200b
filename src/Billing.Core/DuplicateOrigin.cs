namespace Billing;

/// <summary>Rows that were in the store already, from another source than the one being read.</summary>
/// <param name="Source">The name of the source that they were stored from.</param>
/// <param name="Rows">How many.</param>
public sealed record DuplicateOrigin(string Source, long Rows);
