namespace Billing.Reports;

/// <summary>Adds up what one sink reported that it stored of a run, or what it holds of it.</summary>
internal sealed class StoredTally
{
    private readonly TotalsAccumulator _stored = new();
    private readonly TotalsAccumulator _reporting = new();

    public RunTotals Totals => new(_stored.ToControlTotals(), _reporting.ToControlTotals());

    public void Add(Money amount, Money reporting)
    {
        _stored.AddRow(amount.Currency.Code, amount.Amount);
        _reporting.AddRow(reporting.Currency.Code, reporting.Amount);
    }
}
