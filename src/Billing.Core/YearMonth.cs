using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;

namespace Billing;

/// <summary>A month of a year, as reports are named by.</summary>
[JsonConverter(typeof(BillingJsonConverter))]
public readonly record struct YearMonth : IComparable<YearMonth>, ISpanParsable<YearMonth>, ISpanFormattable, IUtf8SpanFormattable
{
    private readonly DateOnly _first;

    /// <summary>A month.</summary>
    /// <param name="year">1 to 9999.</param>
    /// <param name="month">1 to 12.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such month.</exception>
    public YearMonth(int year, int month) => _first = new DateOnly(year, month, 1);

    /// <summary>The first day.</summary>
    public DateOnly First => _first;

    /// <summary>The last day.</summary>
    public DateOnly Last => _first.AddDays(DateTime.DaysInMonth(_first.Year, _first.Month) - 1);

    /// <summary>The month that had just ended at an instant, by the clocks of a time zone.</summary>
    public static YearMonth JustEnded(DateTimeOffset now, TimeZoneInfo timeZone)
    {
        ArgumentNullException.ThrowIfNull(timeZone);
        DateTimeOffset before = TimeZoneInfo.ConvertTime(now, timeZone).AddMonths(-1);
        return new YearMonth(before.Year, before.Month);
    }

    /// <summary>Reads a month such as <c>2025-06</c>.</summary>
    /// <exception cref="FormatException"><paramref name="s"/> is anything else.</exception>
    public static YearMonth Parse(ReadOnlySpan<char> s) =>
        TryParse(s, out YearMonth value) ? value : throw new FormatException($"'{s}' is no month. Write it as 2025-06.");

    /// <inheritdoc cref="Parse(ReadOnlySpan{char})"/>
    public static YearMonth Parse(string s)
    {
        ArgumentNullException.ThrowIfNull(s);
        return Parse(s.AsSpan());
    }

    /// <inheritdoc cref="TryParse(ReadOnlySpan{char}, out YearMonth)"/>
    public static bool TryParse([NotNullWhen(true)] string? s, out YearMonth result) => TryParse(s.AsSpan(), out result);

    /// <summary>Reads a month such as <c>2025-06</c>.</summary>
    /// <returns>Whether <paramref name="s"/> is exactly that.</returns>
    public static bool TryParse(ReadOnlySpan<char> s, out YearMonth result)
    {
        bool isMonth = DateOnly.TryParseExact(s, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly first);
        result = isMonth ? new YearMonth(first.Year, first.Month) : default;
        return isMonth;
    }

    /// <summary>Whether a day is in it.</summary>
    public bool Contains(DateOnly date) => date >= First && date <= Last;

    /// <inheritdoc/>
    public int CompareTo(YearMonth other) => _first.CompareTo(other._first);

    /// <summary>Year and month, such as <c>2025-06</c>.</summary>
    public override string ToString() => _first.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    static YearMonth IParsable<YearMonth>.Parse(string s, IFormatProvider? provider) => Parse(s);

    static YearMonth ISpanParsable<YearMonth>.Parse(ReadOnlySpan<char> s, IFormatProvider? provider) => Parse(s);

    static bool IParsable<YearMonth>.TryParse(string? s, IFormatProvider? provider, out YearMonth result) => TryParse(s, out result);

    static bool ISpanParsable<YearMonth>.TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out YearMonth result) => TryParse(s, out result);

    string IFormattable.ToString(string? format, IFormatProvider? formatProvider) => ToString();

    bool ISpanFormattable.TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        _first.TryFormat(destination, out charsWritten, "yyyy-MM", CultureInfo.InvariantCulture);

    bool IUtf8SpanFormattable.TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        _first.TryFormat(utf8Destination, out bytesWritten, "yyyy-MM", CultureInfo.InvariantCulture);

    /// <summary>Whether <paramref name="left"/> comes before <paramref name="right"/>.</summary>
    public static bool operator <(YearMonth left, YearMonth right) => left.CompareTo(right) < 0;

    /// <summary>Whether <paramref name="left"/> comes after <paramref name="right"/>.</summary>
    public static bool operator >(YearMonth left, YearMonth right) => left.CompareTo(right) > 0;

    /// <summary>Whether <paramref name="left"/> does not come after <paramref name="right"/>.</summary>
    public static bool operator <=(YearMonth left, YearMonth right) => left.CompareTo(right) <= 0;

    /// <summary>Whether <paramref name="left"/> does not come before <paramref name="right"/>.</summary>
    public static bool operator >=(YearMonth left, YearMonth right) => left.CompareTo(right) >= 0;
}
