using System.Globalization;

namespace Billing.Drifts;

/// <summary>Compares the dates of runs. Dates of one month with day and month swapped are on one day of twelve months.</summary>
internal static class DateDrift
{
    private const int FewestMonths = 3;
    private const int MostDaysAhead = 31;

    public static IEnumerable<DriftFinding> Find(RunProfile now, IReadOnlyList<RunProfile> earlier)
    {
        RunProfile[] dated = [.. earlier.Where(run => run.LastDate is not null)];
        if (now.LastDate is null || dated.Length == 0)
        {
            yield break;
        }

        if (now.Months >= FewestMonths && now.Months > now.Days && now.Months > dated.Max(run => run.Months) && dated.All(run => run.Days >= run.Months))
        {
            yield return Finding(
                "dates, in a sample (day and month may be swapped)",
                Spread(dated[0]),
                Spread(now));
        }

        int ahead = DaysAhead(now);
        int most = Math.Max(0, dated.Max(DaysAhead));
        if (ahead > most + MostDaysAhead)
        {
            yield return Finding(
                "latest date, in a sample",
                most == 0 ? "never after the day of the run" : string.Create(CultureInfo.InvariantCulture, $"at most {most} days after the day of the run"),
                string.Create(CultureInfo.InvariantCulture, $"{now.LastDate:yyyy-MM-dd}, {ahead} days after it"));
        }
    }

    private static int DaysAhead(RunProfile run) => run.LastDate!.Value.DayNumber - run.RunOn.DayNumber;

    private static string Spread(RunProfile run) => string.Create(CultureInfo.InvariantCulture, $"{run.Days} different days in {run.Months} {(run.Months == 1 ? "month" : "months")}, {run.FirstDate:yyyy-MM-dd} to {run.LastDate:yyyy-MM-dd}");

    private static DriftFinding Finding(string what, string before, string now) => new() { Kind = DriftKind.Dates, What = what, Before = before, Now = now };
}
