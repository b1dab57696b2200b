namespace Billing.Values;

/// <summary>What the dates of a column look like.</summary>
/// <param name="Formats">The formats for a layout, in their order; none where the default reads all, and where it is not certain.</param>
/// <param name="Fits">How many values are dates.</param>
/// <param name="Doubt">Two formats between which only a person can decide; empty where all is certain.</param>
internal sealed record DateFinding(IReadOnlyList<string> Formats, int Fits, IReadOnlyList<string> Doubt);
