namespace Billing.Values;

/// <summary>How the dates of a column are written.</summary>
/// <param name="Formats">The formats for a layout, in order; none if the default reads every value, or if there is a doubt.</param>
/// <param name="Fits">How many values are dates.</param>
/// <param name="Doubt">Two formats between which only a person can decide; empty if there is no doubt.</param>
internal sealed record DateFinding(IReadOnlyList<string> Formats, int Fits, IReadOnlyList<string> Doubt);
