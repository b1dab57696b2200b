namespace Billing;

/// <summary>The totals that a sink holds of one run, counted and added up from its own rows.</summary>
/// <param name="Stored">Rows, and amounts as invoiced.</param>
/// <param name="StoredInReportingCurrency">The same rows, in the reporting currency.</param>
public sealed record RunTotals(ControlTotals Stored, ControlTotals StoredInReportingCurrency)
{
    /// <summary>Returns the rows, and the amounts by currency, for people to read.</summary>
    public override string ToString() => $"{Stored}; {StoredInReportingCurrency}";
}
