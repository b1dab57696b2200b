using System.Globalization;

namespace Billing.Drifts;

/// <summary>Compares currencies, the number of rows and totals, of runs that are of one account.</summary>
internal static class FigureDrift
{
    private const int FewestRows = 10;
    private const decimal Largest = 1_000_000_000_000_000_000m;

    // Half and double are just beyond a score of 3.5; of totals, which a few large amounts move, 2.6 times and less.
    private const decimal LeastDeviationOfRows = 0.19m;
    private const decimal LeastDeviationOfTotals = 0.3m;

    // Nine times the variance of a number of independent rows: three standard deviations.
    private const int Deviations = 9;

    public static IEnumerable<DriftFinding> Find(RunProfile now, IReadOnlyList<RunProfile> earlier, bool hasScope) =>
        !hasScope ? [] : [.. Currencies(now, earlier), .. Rows(now, earlier), .. Totals(now, earlier)];

    private static IEnumerable<DriftFinding> Currencies(RunProfile now, IReadOnlyList<RunProfile> earlier)
    {
        string[] known = [.. earlier.SelectMany(run => run.Money.Keys).Distinct().Order(StringComparer.Ordinal)];
        string[] unknown = [.. now.Money.Keys.Where(code => code.Length > 0).Except(known)];
        if (known.Length > 0 && unknown.Length > 0)
        {
            yield return new DriftFinding { Kind = DriftKind.Currency, What = "currencies", Before = string.Join(", ", known.Select(code => code.Length == 0 ? "none" : code)), Now = $"{string.Join(", ", unknown)} as well" };
        }
    }

    private static IEnumerable<DriftFinding> Rows(RunProfile now, IReadOnlyList<RunProfile> earlier)
    {
        decimal[] rows = [.. earlier.Select(run => (decimal)run.Rows)];
        decimal median = RobustStatistics.Median(rows);
        decimal difference = now.Rows - median;
        if (rows.Length >= RobustStatistics.Fewest && median > 0 && difference * difference > Deviations * median && RobustStatistics.IsOutOfProportion(now.Rows, rows, LeastDeviationOfRows))
        {
            yield return Finding(DriftKind.Rows, "rows", Text(median), rows.Length, now.Rows.ToString(CultureInfo.InvariantCulture));
        }
    }

    // Net sums that change their sign from run to run are in no proportion to each other.
    private static IEnumerable<DriftFinding> Totals(RunProfile now, IReadOnlyList<RunProfile> earlier)
    {
        foreach ((string code, ExactSum sum) in now.Money)
        {
            RunProfile[] with = [.. earlier.Where(run => run.Money.ContainsKey(code) && run.Rows >= FewestRows)];
            decimal[] totals = [.. with.Select(run => Decimal(run.Money[code]))];
            bool areNegative = Array.TrueForAll(totals, total => total < 0);
            if (totals.Length < RobustStatistics.Fewest || (!areNegative && !Array.TrueForAll(totals, total => total > 0)))
            {
                continue;
            }

            decimal sign = areNegative ? -1 : 1;
            decimal[] sizes = [.. totals.Select(total => sign * total)];
            decimal size = sign * Decimal(sum);
            if (RobustStatistics.IsOutOfProportion(size, sizes, LeastDeviationOfTotals) && !VariesByItself(size, sizes))
            {
                yield return Finding(DriftKind.Total, $"total{(code.Length == 0 ? "" : " " + code)}", Text(sign * RobustStatistics.Median(sizes)), sizes.Length, sum.ToString());
            }
        }
    }

    // A net sum near zero, of amounts in both directions, may well come out on the other side.
    private static bool VariesByItself(decimal size, decimal[] sizes) =>
        size <= 0 && sizes.Max() > 2 * sizes.Min() && size > -RobustStatistics.Median(sizes);

    // Statistics need neither the last digits, nor sums that no decimal holds.
    private static decimal Decimal(ExactSum sum)
    {
        try
        {
            return Math.Clamp(sum.Rounded(2).ToDecimal(), -Largest, Largest);
        }
        catch (OverflowException)
        {
            return sum.ToString().StartsWith('-') ? -Largest : Largest;
        }
    }

    private static DriftFinding Finding(DriftKind kind, string what, string median, int runs, string now) =>
        new() { Kind = kind, What = what, Before = string.Create(CultureInfo.InvariantCulture, $"{median}, the median of {runs} runs"), Now = now };

    private static string Text(decimal number) => number.ToString("0.##########", CultureInfo.InvariantCulture);
}
