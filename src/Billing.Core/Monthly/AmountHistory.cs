using Billing.Drifts;

namespace Billing.Monthly;

/// <summary>The last amounts of a party in one currency, and what is unlike them.</summary>
internal sealed class AmountHistory
{
    private const decimal Consistency = 0.6745m;
    private const decimal MeanConsistency = 1.253314m;
    private const decimal MostScore = 3.5m;
    private const decimal Beyond = 1_000_000m;

    // Sums of so many larger amounts would not fit.
    private const decimal Large = 1_000_000_000_000_000_000_000m;

    private readonly Queue<decimal> _amounts = new();

    public void Add(decimal amount)
    {
        _amounts.Enqueue(amount);
        if (_amounts.Count > UnusualAmounts.Most)
        {
            _amounts.Dequeue();
        }
    }

    /// <summary>Returns why a record is unusual after these amounts; null if it is not.</summary>
    public UnusualAmount? Judge(BillingRecord record)
    {
        if (_amounts.Count < UnusualAmounts.Fewest)
        {
            return null;
        }

        decimal[] sorted = [.. _amounts.Order()];
        decimal median = RobustStatistics.Median(sorted);
        decimal[] deviations = [.. sorted.Select(amount => Math.Abs(amount - median))];
        decimal deviation = RobustStatistics.Median(deviations);
        bool isByMean = deviation == 0m;

        // In units of the score: what 1 of it is.
        decimal unit = isByMean ? MeanConsistency * Mean(deviations) : deviation / Consistency;
        decimal distance = record.Amount.Amount - median;
        if (unit == 0m ? distance == 0m : Math.Abs(distance) / MostScore <= unit)
        {
            return null;
        }

        bool areEqual = sorted[0] == sorted[^1];

        return new UnusualAmount
        {
            Record = record,
            Earlier = sorted.Length,
            Median = median,
            Low = sorted[sorted.Length / 10],
            High = sorted[sorted.Length - 1 - (sorted.Length / 10)],
            Score = areEqual ? null : Score(distance, unit),
            IsByMean = isByMean,
        };
    }

    private static decimal Score(decimal distance, decimal unit) =>
        Math.Abs(distance) / Beyond >= unit ? Math.Sign(distance) * Beyond : decimal.Round(distance / unit, 2);

    private static decimal Mean(decimal[] values) => values.Any(value => value > Large) ? values.Sum(value => value / values.Length) : values.Sum() / values.Length;
}
