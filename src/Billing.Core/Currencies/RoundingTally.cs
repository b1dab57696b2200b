namespace Billing.Currencies;

/// <summary>Adds up what records of one run and one billing currency come to, exactly and as they are stated. Its memory grows with the number of different rates.</summary>
internal sealed class RoundingTally(string source)
{
    private const int Decimals = 20;

    private readonly Dictionary<(decimal Numerator, decimal Denominator), ExactSum> _amounts = [];
    private ExactSum _stored;
    private long _rows;

    public void Add(BillingRecord record, ExchangeRate rate)
    {
        (decimal, decimal) key = (rate.Numerator, rate.Denominator);
        _amounts[key] = _amounts.GetValueOrDefault(key) + ExactSum.From(record.Amount.Amount);
        _stored += ExactSum.From(record.ReportingAmount.Amount);
        _rows++;
    }

    public ConversionRounding ToRounding(string runId, string currency, string reportingCurrency) => new()
    {
        RunId = runId,
        Source = source,
        Currency = currency,
        ReportingCurrency = reportingCurrency,
        Rows = _rows,
        Amount = _amounts.Values.Aggregate(ExactSum.Zero, (sum, amount) => sum + amount),
        Exact = _amounts.Aggregate(ExactSum.Zero, (sum, pair) => sum + Product(pair.Value, pair.Key.Numerator, pair.Key.Denominator)),
        Stored = _stored,
    };

    private static ExactSum Product(ExactSum amount, decimal numerator, decimal denominator) =>
        denominator == 1m ? amount.Times(numerator) : amount.Times(numerator).Over(ExactSum.From(denominator), Decimals);
}
