namespace Billing.Drifts;

/// <summary>
/// The modified z-score of Iglewicz and Hoaglin (How to Detect and Handle Outliers, 1993): 0.6745 (x - median) / MAD, an outlier beyond 3.5. MAD is the median of the absolute
/// deviations from the median. One wrong run among the earlier ones moves neither. In decimals, without rounding errors that depend on the machine.
/// </summary>
internal static class RobustStatistics
{
    /// <summary>The fewest earlier runs. Of fewer, the MAD says little.</summary>
    public const int Fewest = 6;

    private const decimal Consistency = 0.6745m;
    private const decimal MostScore = 3.5m;

    // More than any proportion that counts, and small enough for decimals.
    private const decimal Beyond = 1_000_000m;

    public static decimal Median(IEnumerable<decimal> values)
    {
        decimal[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /// <summary>Whether a figure is out of proportion to earlier ones, all of which are positive. Half and double are equally far.</summary>
    /// <param name="leastDeviation">The least MAD that counts: in series that hardly vary, everything would be an outlier otherwise.</param>
    public static bool IsOutOfProportion(decimal now, IReadOnlyList<decimal> earlier, decimal leastDeviation)
    {
        decimal median = Median(earlier);
        return IsOutlier(Proportion(now, median), [.. earlier.Select(one => Proportion(one, median))], leastDeviation);
    }

    /// <summary>Whether a figure is an outlier among earlier ones.</summary>
    /// <param name="leastDeviation">The least MAD that counts.</param>
    public static bool IsOutlier(decimal now, IReadOnlyList<decimal> earlier, decimal leastDeviation)
    {
        decimal median = Median(earlier);
        decimal deviation = Median(earlier.Select(one => Math.Abs(one - median)));
        return Consistency * Math.Abs(now - median) > MostScore * Math.Max(deviation, leastDeviation);
    }

    // Above the median x/m - 1, below it 1 - m/x.
    private static decimal Proportion(decimal value, decimal median) =>
        value <= 0 || median / value > Beyond ? -Beyond
        : value / median > Beyond ? Beyond
        : value >= median ? (value / median) - 1
        : 1 - (median / value);
}
