using System.Globalization;

namespace Billing.Console.Arguments;

/// <summary>A period: a year, a month, a day, or the first date and the last.</summary>
internal static class PeriodArgument
{
    /// <summary>Reads a period.</summary>
    /// <param name="option">The option, for messages.</param>
    /// <param name="text">Such as 2025-06 or 2025-06-01..2025-06-30.</param>
    /// <exception cref="UsageException">It is none.</exception>
    public static (DateOnly From, DateOnly To) Parse(string option, string text)
    {
        string[] ends = text.Split("..");
        (DateOnly From, DateOnly To)? period = ends.Length switch
        {
            1 => One(text),
            2 when Date(ends[0]) is { } from && Date(ends[1]) is { } to => (from, to),
            _ => null,
        };
        return period switch
        {
            null => throw new UsageException($"{option}: '{text}' is not a period. Write it as 2025-06, 2025, 2025-06-30 or 2025-06-01..2025-06-30."),
            { } found when found.To < found.From => throw new UsageException($"{option}: '{text}' ends before it begins. Write the first date before the last one."),
            { } found => found,
        };
    }

    private static (DateOnly From, DateOnly To)? One(string text) =>
        Exact(text, "yyyy") is { } year ? (year, new DateOnly(year.Year, 12, 31))
        : Exact(text, "yyyy-MM") is { } month ? (month, new DateOnly(month.Year, month.Month, DateTime.DaysInMonth(month.Year, month.Month)))
        : Date(text) is { } day ? (day, day)
        : null;

    private static DateOnly? Date(string text) => Exact(text, "yyyy-MM-dd");

    private static DateOnly? Exact(string text, string format) =>
        DateOnly.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date) ? date : null;
}
