using System.Globalization;
using System.Text;

namespace Billing.Values;

/// <summary>One date format of a layout: a .NET custom format, prepared for reading.</summary>
internal sealed class DatePattern
{
    private const int MaxLength = 64;

    // In the past, to detect a format without a year, which would mean the current one.
    private static readonly DateTimeOffset Probe = new DateTimeOffset(1987, 11, 28, 13, 45, 56, new TimeSpan(5, 30, 0)).AddTicks(1);

    /// <summary>The format of days since 1899-12-30, as spreadsheets count them; a fraction is the time of day.</summary>
    public const string Excel = "excel";

    /// <summary>The format of seconds since 1970-01-01T00:00:00Z.</summary>
    public const string UnixSeconds = "unix";

    /// <summary>The format of milliseconds since 1970-01-01T00:00:00Z.</summary>
    public const string UnixMilliseconds = "unixMilliseconds";

    private readonly string _format;
    private readonly byte[]? _fixed;
    private readonly NamedMonth _month;

    /// <exception cref="FormatException">The format cannot be used; the message says why.</exception>
    public DatePattern(string format)
    {
        _format = format;
        if (format is Excel or UnixSeconds or UnixMilliseconds)
        {
            HasTime = true;
            HasOffset = format != Excel;
            return;
        }

        if (format.Length < 2)
        {
            throw new FormatException($"'{format}' is a .NET standard format, or not a format. Spell it out, such as yyyy-MM-dd.");
        }

        string written = Write(format);
        if (!DateTimeOffset.TryParseExact(written, format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset read)
            || read.Date != Probe.Date)
        {
            throw new FormatException($"'{format}' is not a format of a complete date. It needs a day (dd), a month (MM) and a year (yyyy), such as dd.MM.yyyy.");
        }

        HasTime = read.Hour == Probe.Hour && read.Minute == Probe.Minute;
        HasOffset = HasTime && read.Offset == Probe.Offset;
        _month = format.Contains("MMMM", StringComparison.Ordinal) ? NamedMonth.InFull : format.Contains("MMM", StringComparison.Ordinal) ? NamedMonth.Short : NamedMonth.None;
        _fixed = IsFixed(format) ? Encoding.ASCII.GetBytes(format) : null;
    }

    /// <summary>Whether the format has hours and minutes.</summary>
    public bool HasTime { get; }

    /// <summary>Whether the format has an offset to UTC.</summary>
    public bool HasOffset { get; }

    /// <summary>Reads a date.</summary>
    public bool TryParse(ReadOnlySpan<byte> text, out DateOnly date)
    {
        if (_fixed is not null)
        {
            return TryParseFixed(text, out date);
        }

        bool parsed = TryParse(text, out DateTimeOffset value);
        date = DateOnly.FromDateTime(value.DateTime);
        return parsed;
    }

    /// <summary>Reads date, time and offset as written; the offset is zero if the format has none.</summary>
    public bool TryParse(ReadOnlySpan<byte> text, out DateTimeOffset value)
    {
        value = default;
        Span<char> characters = stackalloc char[MaxLength];
        return text.Length <= MaxLength
            && Encoding.UTF8.TryGetChars(text, characters, out int length)
            && (_format switch
            {
                Excel => SerialDate.TryReadDays(characters[..length], out value),
                UnixSeconds => SerialDate.TryReadSince1970(characters[..length], TimeSpan.TicksPerSecond, out value),
                UnixMilliseconds => SerialDate.TryReadSince1970(characters[..length], TimeSpan.TicksPerMillisecond, out value),
                _ => TryReadExact(characters[..length], out value)
                    || (_month != NamedMonth.None && MonthNames.ToEnglish(characters[..length], _month == NamedMonth.InFull) is { } english && TryReadExact(english, out value)),
            });
    }

    private bool TryReadExact(ReadOnlySpan<char> text, out DateTimeOffset value) =>
        DateTimeOffset.TryParseExact(text, _format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out value);

    /// <summary>The format.</summary>
    public override string ToString() => _format;

    private static string Write(string format)
    {
        try
        {
            return Probe.ToString(format, CultureInfo.InvariantCulture).Trim();
        }
        catch (FormatException exception)
        {
            throw new FormatException($"'{format}' is not a .NET date format: {exception.Message}", exception);
        }
    }

    // yyyy, MM and dd once each, with separators between them: read in place, at less cost than the general way.
    private static bool IsFixed(string format) =>
        format.Length is >= 8 and <= 10
        && format.Count(character => character == 'y') == 4 && format.Contains("yyyy", StringComparison.Ordinal)
        && format.Count(character => character == 'M') == 2 && format.Contains("MM", StringComparison.Ordinal)
        && format.Count(character => character == 'd') == 2 && format.Contains("dd", StringComparison.Ordinal)
        && format.All(character => "yMd-/. _".Contains(character));

    private bool TryParseFixed(ReadOnlySpan<byte> text, out DateOnly date)
    {
        date = default;
        if (text.Length != _fixed!.Length)
        {
            return false;
        }

        int year = 0, month = 0, day = 0;
        for (int i = 0; i < text.Length; i++)
        {
            uint digit = (uint)text[i] - '0';
            bool fits = digit <= 9;
            switch (_fixed[i])
            {
                case (byte)'y':
                    year = (year * 10) + (int)digit;
                    break;
                case (byte)'M':
                    month = (month * 10) + (int)digit;
                    break;
                case (byte)'d':
                    day = (day * 10) + (int)digit;
                    break;
                case var mark:
                    fits = text[i] == mark;
                    break;
            }

            if (!fits)
            {
                return false;
            }
        }

        return IsoDateTime.TryCreate(year, month, day, out date);
    }
}
