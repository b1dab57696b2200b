namespace Billing;

/// <summary>The records of a month that have a flag.</summary>
/// <param name="Flag">The flag.</param>
/// <param name="Reporting">Their rows and money, in the reporting currency.</param>
public sealed record MonthFlag(string Flag, ControlTotals Reporting);
