using System.Globalization;

namespace Billing.Values;

/// <summary>Reads dates and instants that are written as one number.</summary>
internal static class SerialDate
{
    // Spreadsheets disagree before 1 March 1900, since one of them has a 29 February 1900.
    private const decimal FirstDay = 61;

    private const decimal LastDay = 2_958_465;

    private static readonly DateTimeOffset DayZero = new(1899, 12, 30, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Reads days since 1899-12-30, with a fraction for the time of day, which is rounded to the millisecond: spreadsheets keep no more.</summary>
    public static bool TryReadDays(ReadOnlySpan<char> text, out DateTimeOffset value)
    {
        value = DayZero;
        if (!decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal days) || days is < FirstDay or > LastDay)
        {
            return false;
        }

        value = DayZero.AddTicks((long)decimal.Round(days * TimeSpan.TicksPerDay / TimeSpan.TicksPerMillisecond) * TimeSpan.TicksPerMillisecond);
        return true;
    }

    /// <summary>Reads seconds or milliseconds since 1970 in UTC, with at most 7 decimals of a second.</summary>
    public static bool TryReadSince1970(ReadOnlySpan<char> text, long ticksPerUnit, out DateTimeOffset value)
    {
        value = DateTimeOffset.UnixEpoch;
        if (!decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out decimal units)
            || Math.Abs(units) > (decimal)DateTime.MaxValue.Ticks / ticksPerUnit)
        {
            return false;
        }

        decimal ticks = DateTimeOffset.UnixEpoch.Ticks + (units * ticksPerUnit);
        if (ticks != decimal.Truncate(ticks) || ticks < 0 || ticks > DateTime.MaxValue.Ticks)
        {
            return false;
        }

        value = new DateTimeOffset((long)ticks, TimeSpan.Zero);
        return true;
    }
}
