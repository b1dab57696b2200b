using System.Globalization;

namespace Billing.Lambda.Expenses;

/// <summary>A month of a year, for the names of reports.</summary>
internal readonly record struct YearMonth : IComparable<YearMonth>
{
    private readonly DateOnly _first;

    /// <summary>Creates a month.</summary>
    /// <param name="year">1 to 9999.</param>
    /// <param name="month">1 to 12.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such month.</exception>
    public YearMonth(int year, int month) => _first = new DateOnly(year, month, 1);

    /// <summary>The first day.</summary>
    public DateOnly First => _first;

    /// <summary>The last day.</summary>
    public DateOnly Last => _first.AddDays(DateTime.DaysInMonth(_first.Year, _first.Month) - 1);

    /// <summary>Returns the last month that had ended at an instant, by the clocks of a time zone.</summary>
    public static YearMonth JustEnded(DateTimeOffset now, TimeZoneInfo timeZone)
    {
        ArgumentNullException.ThrowIfNull(timeZone);
        DateTimeOffset before = TimeZoneInfo.ConvertTime(now, timeZone).AddMonths(-1);
        return new YearMonth(before.Year, before.Month);
    }

    /// <summary>Reads a month such as <c>2025-06</c>.</summary>
    /// <returns>Whether <paramref name="text"/> is exactly that.</returns>
    public static bool TryParse(string? text, out YearMonth month)
    {
        bool isMonth = DateOnly.TryParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly first);
        month = isMonth ? new YearMonth(first.Year, first.Month) : default;
        return isMonth;
    }

    /// <summary>Reads a month such as <c>2025-06</c>.</summary>
    /// <exception cref="FormatException"><paramref name="text"/> is anything else.</exception>
    public static YearMonth Parse(string text) =>
        TryParse(text, out YearMonth month) ? month : throw new FormatException($"'{text}' is not a month. Write it as 2025-06.");

    /// <summary>Whether a day is in the month.</summary>
    public bool Contains(DateOnly date) => date >= First && date <= Last;

    /// <inheritdoc/>
    public int CompareTo(YearMonth other) => _first.CompareTo(other._first);

    /// <summary>Returns the year and the month, such as <c>2025-06</c>.</summary>
    public override string ToString() => _first.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    /// <summary>Whether <paramref name="left"/> comes before <paramref name="right"/>.</summary>
    public static bool operator <(YearMonth left, YearMonth right) => left.CompareTo(right) < 0;

    /// <summary>Whether <paramref name="left"/> comes after <paramref name="right"/>.</summary>
    public static bool operator >(YearMonth left, YearMonth right) => left.CompareTo(right) > 0;

    /// <summary>Whether <paramref name="left"/> does not come after <paramref name="right"/>.</summary>
    public static bool operator <=(YearMonth left, YearMonth right) => left.CompareTo(right) <= 0;

    /// <summary>Whether <paramref name="left"/> does not come before <paramref name="right"/>.</summary>
    public static bool operator >=(YearMonth left, YearMonth right) => left.CompareTo(right) >= 0;
}
