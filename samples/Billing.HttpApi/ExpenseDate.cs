using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Billing.HttpApi;

/// <summary>The date of an expense: only ISO 8601, because 3/4/2025 can mean two days.</summary>
internal static class ExpenseDate
{
    private const string Day = "yyyy-MM-dd";

    // With an offset: without one, the day would depend on the machine.
    private static readonly string[] s_instants =
        [.. from time in (string[])["HH:mm", "HH:mm:ss", "HH:mm:ss.FFFFFFF"] from offset in (string[])["zzz", "'Z'"] select $"{Day}'T'{time}{offset}"];

    /// <summary>Reads a day such as <c>2025-06-17</c>, or an instant such as <c>2025-06-17T10:30:00+02:00</c>, whose day depends on a time zone.</summary>
    /// <returns>Whether the text is a day or an instant.</returns>
    public static bool TryRead(string text, TimeZoneInfo zone, [NotNullWhen(true)] out DateOnly? day, out DateTimeOffset? instant, [NotNullWhen(false)] out string? error)
    {
        (day, instant, error) = (null, null, null);
        if (DateOnly.TryParseExact(text, Day, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly stated))
        {
            day = stated;
            return true;
        }

        if (DateTimeOffset.TryParseExact(text, s_instants, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset at))
        {
            instant = at;
            day = DayOf(at, zone);
            return true;
        }

        error = "'date' must be a day such as 2025-06-17, or an instant with its offset such as 2025-06-17T10:30:00+02:00.";
        return false;
    }

    /// <summary>Returns the day of an instant in a time zone.</summary>
    public static DateOnly DayOf(DateTimeOffset instant, TimeZoneInfo zone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime);
}
