namespace Billing.Values;

/// <summary>How the numbers of a column are written.</summary>
/// <param name="Format">The format that reads the most values.</param>
/// <param name="Fits">How many values are numbers.</param>
/// <param name="Doubt">Two readings of one value between which only a person can decide, or null.</param>
internal sealed record NumberFinding(NumberFormat Format, int Fits, string? Doubt);
