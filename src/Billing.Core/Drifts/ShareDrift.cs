using System.Globalization;

namespace Billing.Drifts;

/// <summary>Compares shares: of rows in quarantine, of negative amounts, of records without a category.</summary>
internal static class ShareDrift
{
    private const int FewestRows = 20;

    // With the constants of the modified z-score: more than 0.25 away.
    private const decimal LeastDeviation = 0.05m;

    // Where there are too few runs for a statistic.
    private const decimal Far = 0.3m;
    private const decimal Majority = 0.6m;

    public static IEnumerable<DriftFinding> Find(RunProfile now, IReadOnlyList<RunProfile> earlier, bool hasScope)
    {
        if (More(now, earlier, run => run.Rows, run => run.Quarantined) is var (inQuarantine, wereInQuarantine))
        {
            yield return Finding(DriftKind.Quarantined, "share of rows in quarantine", wereInQuarantine, inQuarantine);
        }

        if (!hasScope)
        {
            yield break;
        }

        if (Flipped(now, earlier) is var (negative, wereNegative))
        {
            yield return Finding(DriftKind.Signs, "share of negative amounts, in a sample", wereNegative, negative);
        }

        if (More(now, earlier, run => run.Categorised, run => run.Uncategorised) is var (without, wereWithout))
        {
            yield return Finding(DriftKind.Uncategorised, "share of records without a category, in a sample", wereWithout, without);
        }
    }

    private static (decimal Now, decimal Before)? More(RunProfile now, IReadOnlyList<RunProfile> earlier, Func<RunProfile, long> all, Func<RunProfile, long> part)
    {
        (decimal Now, decimal Before, bool IsFar)? share = Compare(now, earlier, all, part);
        return share is { IsFar: true } far && far.Now > far.Before ? (far.Now, far.Before) : null;
    }

    private static (decimal Now, decimal Before)? Flipped(RunProfile now, IReadOnlyList<RunProfile> earlier)
    {
        (decimal Now, decimal Before, bool IsFar)? share = Compare(now, earlier, run => run.Amounts, run => run.Negative);
        return share is { IsFar: true } far && ((far.Before >= Majority && far.Now <= 1 - Majority) || (far.Now >= Majority && far.Before <= 1 - Majority)) ? (far.Now, far.Before) : null;
    }

    private static (decimal Now, decimal Before, bool IsFar)? Compare(RunProfile now, IReadOnlyList<RunProfile> earlier, Func<RunProfile, long> all, Func<RunProfile, long> part)
    {
        decimal[] shares = [.. earlier.Where(run => all(run) >= FewestRows).Select(run => (decimal)part(run) / all(run))];
        if (shares.Length == 0 || all(now) < FewestRows)
        {
            return null;
        }

        decimal before = RobustStatistics.Median(shares);
        decimal share = (decimal)part(now) / all(now);
        return (share, before, shares.Length >= RobustStatistics.Fewest ? RobustStatistics.IsOutlier(share, shares, LeastDeviation) : Math.Abs(share - before) >= Far);
    }

    private static DriftFinding Finding(DriftKind kind, string what, decimal before, decimal now) => new() { Kind = kind, What = what, Before = Percent(before), Now = Percent(now) };

    private static string Percent(decimal share) => string.Create(CultureInfo.InvariantCulture, $"{Math.Round(100 * share, 1):0.#}%");
}
