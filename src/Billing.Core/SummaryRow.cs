namespace Billing;

/// <summary>Exact totals of one group.</summary>
/// <param name="Group">The group; an empty string for records that have none.</param>
/// <param name="Billed">Rows and amounts as invoiced, per currency.</param>
/// <param name="Reporting">The same rows in the reporting currency (currencies, if the ledger has changed it).</param>
public sealed record SummaryRow(string Group, ControlTotals Billed, ControlTotals Reporting);
