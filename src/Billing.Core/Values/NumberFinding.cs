namespace Billing.Values;

/// <summary>What the numbers of a column look like.</summary>
/// <param name="Format">The format that reads the most.</param>
/// <param name="Fits">How many values are numbers.</param>
/// <param name="Doubt">Two readings of one value between which only a person can decide, or null.</param>
internal sealed record NumberFinding(NumberFormat Format, int Fits, string? Doubt);
