namespace Billing.Values;

/// <summary>An ISO 8601 date (<c>yyyy-MM-dd</c>), with its time and offset if they are written.</summary>
/// <param name="Date">The date as written.</param>
/// <param name="TimeTicks">The time of day as written, in ticks of 100 ns; null if there is only a date.</param>
/// <param name="OffsetMinutes">The offset to UTC in minutes, or null.</param>
/// <param name="IsTooFine">Whether the time has a fraction that ticks cannot hold.</param>
internal readonly record struct IsoDateTime(DateOnly Date, long? TimeTicks, int? OffsetMinutes, bool IsTooFine)
{
    private const int DateLength = 10;

    private const int TickDigits = 7;

    /// <summary>Reads <c>yyyy-MM-dd</c> and nothing else.</summary>
    public static bool TryParseDate(ReadOnlySpan<byte> text, out DateOnly date)
    {
        date = default;
        return text.Length == DateLength
            && text[4] == (byte)'-'
            && text[7] == (byte)'-'
            && Digits(text[..4]) is var year
            && Digits(text.Slice(5, 2)) is var month
            && Digits(text.Slice(8, 2)) is var day
            && TryCreate(year, month, day, out date);
    }

    /// <summary>Reads <c>yyyy-MM-dd</c>, alone or followed by <c>T</c> or a space, <c>HH:mm</c>, seconds, a fraction, and an offset or <c>Z</c>.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out IsoDateTime value)
    {
        value = default;
        if (text.Length < DateLength || !TryParseDate(text[..DateLength], out DateOnly date))
        {
            return false;
        }

        text = text[DateLength..];
        if (text.IsEmpty)
        {
            value = new IsoDateTime(date, null, null, false);
            return true;
        }

        if ((text[0] is not ((byte)'T' or (byte)'t' or (byte)' '))
            || !TryTakeTime(text[1..], out long ticks, out bool tooFine, out ReadOnlySpan<byte> rest)
            || !TryParseOffset(rest, out int? offset))
        {
            return false;
        }

        value = new IsoDateTime(date, ticks, offset, tooFine);
        return true;
    }

    /// <summary>Makes a date from its parts, if there is such a day.</summary>
    public static bool TryCreate(int year, int month, int day, out DateOnly date)
    {
        bool exists = year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);
        date = exists ? new DateOnly(year, month, day) : default;
        return exists;
    }

    /// <summary>Returns the number that the digits make, or -1 if a character is not a digit.</summary>
    public static int Digits(ReadOnlySpan<byte> text)
    {
        int value = 0;
        foreach (byte character in text)
        {
            uint digit = (uint)character - '0';
            if (digit > 9)
            {
                return -1;
            }

            value = (value * 10) + (int)digit;
        }

        return value;
    }

    private static bool TryTakeTime(ReadOnlySpan<byte> text, out long ticks, out bool tooFine, out ReadOnlySpan<byte> rest)
    {
        ticks = 0;
        tooFine = false;
        rest = text;
        if (text.Length < 5 || text[2] != (byte)':')
        {
            return false;
        }

        int hour = Digits(text[..2]);
        int minute = Digits(text.Slice(3, 2));
        int second = 0;
        rest = text[5..];
        if (!rest.IsEmpty && rest[0] == (byte)':')
        {
            if (rest.Length < 3)
            {
                return false;
            }

            second = Digits(rest.Slice(1, 2));
            rest = rest[3..];
            if (!rest.IsEmpty && rest[0] is (byte)'.' or (byte)',' && !TryTakeFraction(ref rest, out ticks, out tooFine))
            {
                return false;
            }
        }

        ticks += (hour * TimeSpan.TicksPerHour) + (minute * TimeSpan.TicksPerMinute) + (second * TimeSpan.TicksPerSecond);
        return hour is >= 0 and <= 23 && minute is >= 0 and <= 59 && second is >= 0 and <= 59;
    }

    private static bool TryTakeFraction(ref ReadOnlySpan<byte> rest, out long ticks, out bool tooFine)
    {
        ticks = 0;
        tooFine = false;
        int count = 0;
        rest = rest[1..];
        for (; !rest.IsEmpty && (uint)rest[0] - '0' <= 9; rest = rest[1..])
        {
            int digit = rest[0] - '0';
            if (count++ < TickDigits)
            {
                ticks = (ticks * 10) + digit;
            }
            else
            {
                tooFine |= digit != 0;
            }
        }

        for (int i = count; i < TickDigits; i++)
        {
            ticks *= 10;
        }

        return count > 0;
    }

    // Nothing, Z, +hh, +hhmm or +hh:mm. A space may come before it, and UTC instead of Z after a space, as in database exports.
    private static bool TryParseOffset(ReadOnlySpan<byte> text, out int? offset)
    {
        offset = null;
        if (text.IsEmpty)
        {
            return true;
        }

        bool spaced = text[0] == (byte)' ';
        text = spaced ? text[1..] : text;
        if (text.SequenceEqual("Z"u8) || text.SequenceEqual("z"u8) || (spaced && text.SequenceEqual("UTC"u8)))
        {
            offset = 0;
            return true;
        }

        bool minus = text.StartsWith("-"u8) || text.StartsWith("\u2212"u8);
        if (!minus && !text.StartsWith("+"u8))
        {
            return false;
        }

        text = text[(text[0] < 0x80 ? 1 : 3)..];
        int hours = text.Length >= 2 ? Digits(text[..2]) : -1;
        int minutes = text.Length switch
        {
            2 => 0,
            4 => Digits(text[2..]),
            5 when text[2] == (byte)':' => Digits(text[3..]),
            _ => -1,
        };
        offset = ((hours * 60) + minutes) * (minus ? -1 : 1);
        return hours is >= 0 and <= 14 && minutes is >= 0 and <= 59 && (hours < 14 || minutes == 0);
    }
}
