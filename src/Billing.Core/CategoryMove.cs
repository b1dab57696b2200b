namespace Billing;

/// <summary>Records that would move from one category to another.</summary>
/// <param name="From">The category that they have, or null.</param>
/// <param name="To">The category that they would get, or null.</param>
/// <param name="Totals">How many they are, and their amounts in the reporting currency.</param>
public sealed record CategoryMove(string? From, string? To, ControlTotals Totals);
