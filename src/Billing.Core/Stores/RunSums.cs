using Billing.Reports;

namespace Billing.Stores;

/// <summary>What the records of one run come to, and what it lost and gained since it stored them.</summary>
internal sealed class RunSums
{
    private readonly Sums _held = new();
    private readonly Sums _lost = new();
    private readonly Sums _gained = new();

    /// <summary>What the run stored: what it holds, with what it lost, without what it gained.</summary>
    public (ControlTotals Billed, ControlTotals Reporting) Stored => (
        _held.Billed.ToControlTotals() + _lost.Billed.ToControlTotals() - _gained.Billed.ToControlTotals(),
        _held.Reporting.ToControlTotals() + _lost.Reporting.ToControlTotals() - _gained.Reporting.ToControlTotals());

    public void Hold(BillingRecord record) => _held.Add(record);

    public void Lose(BillingRecord record) => _lost.Add(record);

    public void Gain(BillingRecord record) => _gained.Add(record);

    private sealed class Sums
    {
        public TotalsAccumulator Billed { get; } = new();

        public TotalsAccumulator Reporting { get; } = new();

        public void Add(BillingRecord record)
        {
            Billed.AddRow(record.Amount.Currency.Code, record.Amount.Amount);
            Reporting.AddRow(record.ReportingAmount.Currency.Code, record.ReportingAmount.Amount);
        }
    }
}
