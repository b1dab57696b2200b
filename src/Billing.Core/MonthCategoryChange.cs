namespace Billing;

/// <summary>A category in a month and in the month before.</summary>
/// <param name="Category">The category; an empty string for records that have none.</param>
/// <param name="Before">The month before, in the reporting currency.</param>
/// <param name="Now">The month, in the reporting currency.</param>
public sealed record MonthCategoryChange(string Category, ControlTotals Before, ControlTotals Now)
{
    /// <summary>The month less the month before, in rows and money.</summary>
    public ControlTotals Difference => Now - Before;
}
