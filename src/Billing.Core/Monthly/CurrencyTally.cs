using Billing.Reports;

namespace Billing.Monthly;

/// <summary>Adds up one billing currency of a month, and notes its rates.</summary>
internal sealed class CurrencyTally
{
    private readonly TotalsAccumulator _billed = new();
    private readonly TotalsAccumulator _reporting = new();
    private ExchangeRate? _lowest;
    private ExchangeRate? _highest;
    private ExchangeRate? _first;

    public void Add(BillingRecord record)
    {
        _billed.AddRow(record.Amount.Currency.Code, record.Amount.Amount);
        _reporting.AddRow(record.ReportingAmount.Currency.Code, record.ReportingAmount.Amount);
        if (record.ExchangeRate is { } rate)
        {
            _first ??= rate;

            // Of equal rates, the first one stays.
            _lowest = _lowest is null || rate.Value < _lowest.Value ? rate : _lowest;
            _highest = _highest is null || rate.Value > _highest.Value ? rate : _highest;
        }
    }

    public MonthCurrency ToMonthCurrency(string code) => new(code, _billed.ToControlTotals(), _reporting.ToControlTotals(), _lowest, _highest, _first);
}
