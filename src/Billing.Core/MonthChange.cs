namespace Billing;

/// <summary>A record of a month that is there before and after, and differs.</summary>
/// <param name="Key">The key of the record.</param>
/// <param name="From">The line before.</param>
/// <param name="To">The line after.</param>
public sealed record MonthChange(RecordKey Key, MonthLine From, MonthLine To);
