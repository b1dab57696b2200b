namespace Billing;

/// <summary>What a sink holds of one run, counted and added up from its own rows.</summary>
/// <param name="Stored">Rows, and amounts as invoiced.</param>
/// <param name="StoredInReportingCurrency">The same rows, in the reporting currency.</param>
public sealed record RunTotals(ControlTotals Stored, ControlTotals StoredInReportingCurrency)
{
    /// <summary>Rows, and amounts by currency, as people read them.</summary>
    public override string ToString() => $"{Stored}; {StoredInReportingCurrency}";
}
