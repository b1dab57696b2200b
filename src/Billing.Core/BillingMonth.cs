using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;
using Billing.Texts;

namespace Billing;

/// <summary>A month of a year, such as <c>2025-06</c>.</summary>
[JsonConverter(typeof(BillingJsonConverter))]
public readonly record struct BillingMonth : IComparable<BillingMonth>, ISpanParsable<BillingMonth>, ISpanFormattable, IUtf8SpanFormattable
{
    private const string Format = "yyyy-MM";

    private readonly DateOnly _first;

    /// <summary>Creates a month.</summary>
    /// <param name="year">1 to 9999.</param>
    /// <param name="month">1 to 12.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such month.</exception>
    public BillingMonth(int year, int month) => _first = new DateOnly(year, month, 1);

    /// <summary>The first day.</summary>
    public DateOnly First => _first;

    /// <summary>The last day.</summary>
    public DateOnly Last => _first.AddDays(DateTime.DaysInMonth(_first.Year, _first.Month) - 1);

    /// <summary>The month before; null for the first month of the calendar.</summary>
    public BillingMonth? Before => _first == DateOnly.MinValue ? null : Of(_first.AddDays(-1));

    /// <summary>Returns the month of a day.</summary>
    public static BillingMonth Of(DateOnly date) => new(date.Year, date.Month);

    /// <summary>Returns the last month that had ended at an instant, by the clocks of a time zone.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No month had ended then.</exception>
    public static BillingMonth JustEnded(DateTimeOffset now, TimeZoneInfo timeZone)
    {
        ArgumentNullException.ThrowIfNull(timeZone);
        DateTimeOffset before = TimeZoneInfo.ConvertTime(now, timeZone).AddMonths(-1);
        return new BillingMonth(before.Year, before.Month);
    }

    /// <summary>Reads a month such as <c>2025-06</c>.</summary>
    /// <exception cref="FormatException"><paramref name="s"/> is anything else.</exception>
    public static BillingMonth Parse(ReadOnlySpan<char> s) =>
        TryParse(s, out BillingMonth month) ? month : throw new FormatException($"'{s}' is not a month. Write it as 2025-06.");

    /// <inheritdoc cref="Parse(ReadOnlySpan{char})"/>
    public static BillingMonth Parse(string s)
    {
        ArgumentNullException.ThrowIfNull(s);
        return Parse(s.AsSpan());
    }

    /// <summary>Reads a month such as <c>2025-06</c>.</summary>
    /// <returns>Whether <paramref name="s"/> is exactly that.</returns>
    public static bool TryParse(ReadOnlySpan<char> s, out BillingMonth result)
    {
        bool isMonth = DateOnly.TryParseExact(s, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly first);
        result = isMonth ? Of(first) : default;
        return isMonth;
    }

    /// <inheritdoc cref="TryParse(ReadOnlySpan{char}, out BillingMonth)"/>
    public static bool TryParse([NotNullWhen(true)] string? s, out BillingMonth result) => TryParse(s.AsSpan(), out result);

    /// <summary>Whether a day is in the month.</summary>
    public bool Contains(DateOnly date) => date >= First && date <= Last;

    /// <inheritdoc/>
    public int CompareTo(BillingMonth other) => _first.CompareTo(other._first);

    /// <summary>Returns the year and the month, such as <c>2025-06</c>, the same in every culture.</summary>
    public override string ToString() => _first.ToString(Format, CultureInfo.InvariantCulture);

    static BillingMonth IParsable<BillingMonth>.Parse(string s, IFormatProvider? provider) => Parse(s);

    static BillingMonth ISpanParsable<BillingMonth>.Parse(ReadOnlySpan<char> s, IFormatProvider? provider) => Parse(s);

    static bool IParsable<BillingMonth>.TryParse(string? s, IFormatProvider? provider, out BillingMonth result) => TryParse(s, out result);

    static bool ISpanParsable<BillingMonth>.TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out BillingMonth result) => TryParse(s, out result);

    string IFormattable.ToString(string? format, IFormatProvider? formatProvider) => ToString();

    bool ISpanFormattable.TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider) => TextFormat.TryWrite(ToString(), destination, out charsWritten);

    bool IUtf8SpanFormattable.TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format, IFormatProvider? provider) => TextFormat.TryWrite(ToString(), utf8Destination, out bytesWritten);

    /// <summary>Whether <paramref name="left"/> comes before <paramref name="right"/>.</summary>
    public static bool operator <(BillingMonth left, BillingMonth right) => left.CompareTo(right) < 0;

    /// <summary>Whether <paramref name="left"/> comes after <paramref name="right"/>.</summary>
    public static bool operator >(BillingMonth left, BillingMonth right) => left.CompareTo(right) > 0;

    /// <summary>Whether <paramref name="left"/> does not come after <paramref name="right"/>.</summary>
    public static bool operator <=(BillingMonth left, BillingMonth right) => left.CompareTo(right) <= 0;

    /// <summary>Whether <paramref name="left"/> does not come before <paramref name="right"/>.</summary>
    public static bool operator >=(BillingMonth left, BillingMonth right) => left.CompareTo(right) >= 0;
}
