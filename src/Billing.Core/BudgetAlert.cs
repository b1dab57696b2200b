using System.Text.Json.Serialization;

namespace Billing;

/// <summary>A share of a budget, and whether it is reached.</summary>
/// <param name="Percent">The share in percent.</param>
/// <param name="Threshold">The amount that it is, exactly.</param>
/// <param name="IsReached">Whether what is spent in the month comes to it.</param>
/// <param name="CrossedBy">The first record, by date and key, with which what was spent came to it; null if none did. Later credits may have taken it below again.</param>
public sealed record BudgetAlert(
    [property: JsonNumberHandling(JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString)] decimal Percent,
    ExactSum Threshold,
    bool IsReached,
    MonthLine? CrossedBy);
