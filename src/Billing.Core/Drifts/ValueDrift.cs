using System.Globalization;
using Billing.Values;

namespace Billing.Drifts;

/// <summary>Compares the values of columns: their kind, their decimal mark, the size of amounts.</summary>
internal static class ValueDrift
{
    /// <summary>The fewest amounts of which a median is taken.</summary>
    public const int FewestAmounts = 5;

    private const int FewestValues = 5;
    private const int FewestMarks = 3;
    private const decimal Nearly = 0.9m;
    private const decimal Some = 0.3m;

    // 100 and 1,000 are the factors that happen. Medians of one account vary, but not by so much.
    private const decimal FarLarger = 30m;
    private const decimal Larger = 10m;
    private const decimal Many = 0.8m;
    private const decimal Few = 0.05m;

    public static IEnumerable<DriftFinding> Find(RunProfile now, IReadOnlyList<RunProfile> earlier, bool hasScope) =>
        [.. Contents(now, earlier[0]), .. Marks(now, earlier[0]), .. Sizes(now, earlier, hasScope)];

    private static IEnumerable<DriftFinding> Contents(RunProfile now, RunProfile before)
    {
        foreach (ProfileColumn old in before.Columns.Where(column => column.Filled >= FewestValues))
        {
            ProfileColumn? current = now.Columns.FirstOrDefault(column => column.Name.Trim().Equals(old.Name.Trim(), StringComparison.OrdinalIgnoreCase));
            if (current is not null && current.Filled >= FewestValues && KindOf(old) is { } was && KindOf(current) is { } kind && was != kind)
            {
                yield return new DriftFinding { Kind = DriftKind.ColumnContents, What = $"values of column '{current.Name}'", Before = was, Now = kind };
            }
        }
    }

    private static string? KindOf(ProfileColumn column) =>
        column.Dates >= Nearly * column.Filled ? "dates"
        : column.Numbers >= Nearly * column.Filled ? "numbers"
        : column.Texts >= Nearly * column.Filled ? "texts"
        : null;

    private static IEnumerable<DriftFinding> Marks(RunProfile now, RunProfile before)
    {
        int certain = before.Points + before.Commas;
        bool werePoints = before.Points >= Nearly * certain;
        bool wereCommas = before.Commas >= Nearly * certain;
        int others = werePoints ? now.Commas : now.Points;
        if (certain >= FewestMarks && werePoints != wereCommas && others >= FewestMarks && others >= Some * (now.Points + now.Commas))
        {
            yield return new DriftFinding
            {
                Kind = DriftKind.NumberFormat,
                What = "format of numbers, in a sample",
                Before = DecimalMarks.TextOf(before.Points, before.Commas),
                Now = DecimalMarks.TextOf(now.Points, now.Commas),
            };
        }
    }

    private static IEnumerable<DriftFinding> Sizes(RunProfile now, IReadOnlyList<RunProfile> earlier, bool hasScope)
    {
        foreach ((string code, decimal size) in now.Sizes.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            decimal[] sizes = [.. earlier.Where(run => run.Sizes.ContainsKey(code)).Select(run => run.Sizes[code])];
            if (sizes.Length == 0)
            {
                continue;
            }

            decimal before = RobustStatistics.Median(sizes);
            if ((hasScope && IsBeyond(size, before, FarLarger)) || (IsBeyond(size, before, Larger) && DecimalsChanged(now, earlier[0])))
            {
                yield return new DriftFinding
                {
                    Kind = DriftKind.Scale,
                    What = $"median of the amounts{(code.Length == 0 ? "" : " in " + code)}, without their sign",
                    Before = Text(before),
                    Now = Text(size),
                };
            }
        }
    }

    private static bool IsBeyond(decimal now, decimal before, decimal factor) => now / factor >= before || before / factor >= now;

    private static bool DecimalsChanged(RunProfile now, RunProfile before) =>
        (before.WithDecimals >= Many * before.Amounts && now.WithDecimals <= Few * now.Amounts)
        || (now.WithDecimals >= Many * now.Amounts && before.WithDecimals <= Few * before.Amounts);

    private static string Text(decimal amount) => amount.ToString("0.############################", CultureInfo.InvariantCulture);
}
