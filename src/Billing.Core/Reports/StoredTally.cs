namespace Billing.Reports;

/// <summary>Adds up what one sink reported that it stored of a run, or what it holds of it.</summary>
internal sealed class StoredTally
{
    private readonly TotalsAccumulator _stored = new();
    private readonly TotalsAccumulator _reporting = new();

    public RunTotals Totals => new(_stored.ToControlTotals(), _reporting.ToControlTotals());

    public void Add(BillingRecord record)
    {
        _stored.AddRow(record.Amount.Currency.Code, record.Amount.Amount);
        _reporting.AddRow(record.ReportingAmount.Currency.Code, record.ReportingAmount.Amount);
    }
}
