using System.Numerics;

namespace Billing.Currencies;

/// <summary>Adds up what records of one run and one billing currency come to, exactly and as they are stated. Its memory grows with the number of different rates.</summary>
internal sealed class RoundingTally
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

    public ConversionRounding ToRounding(string runId, string source, string currency, string reportingCurrency) => new()
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

    private static ExactSum Product(ExactSum amount, decimal numerator, decimal denominator)
    {
        // In units of the last decimal: amount x numerator / denominator.
        BigInteger dividend = amount.Unscaled * ExactSum.From(numerator).Unscaled;
        int scale = amount.Scale + numerator.Scale;
        BigInteger divisor = ExactSum.From(denominator).Unscaled;
        scale -= denominator.Scale;
        int decimals = Math.Max(scale, 0);
        dividend *= BigInteger.Pow(10, decimals - scale);
        if ((dividend % divisor).IsZero)
        {
            return ExactSum.From(dividend / divisor, decimals);
        }

        // Enough more decimals for every divisor of a decimal; what does not end by then is rounded.
        const int more = 64;
        BigInteger quotient = dividend * BigInteger.Pow(10, more) / divisor;
        ExactSum value = ExactSum.From(quotient, decimals + more);
        return (dividend * BigInteger.Pow(10, more) % divisor).IsZero ? value : value.Rounded(Decimals);
    }
}
