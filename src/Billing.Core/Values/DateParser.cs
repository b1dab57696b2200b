using Billing.Texts;

namespace Billing.Values;

/// <summary>Reads dates and instants strictly by the formats of a layout. Safe for several threads.</summary>
internal sealed class DateParser
{
    private const string IsoDate = "yyyy-MM-dd";

    private readonly DatePattern[] _patterns;
    private readonly DatePattern[] _instantPatterns;
    private readonly TimeZoneInfo? _zone;
    private readonly string _formats;
    private readonly bool _refuseTimeOfDay;

    /// <exception cref="BillingConfigurationException">The layout names an unknown time zone or an impossible format.</exception>
    public DateParser(SourceLayout layout)
        : this(layout, layout.TimeZone)
    {
    }

    /// <summary>With the time zone of the columns, which also knows what a header says of it.</summary>
    /// <param name="layout">The layout, for its date formats.</param>
    /// <param name="timeZone">The time zone of instants without an offset, or null where they are refused.</param>
    /// <param name="refuseTimeOfDay">Whether a date with a time of day other than midnight is refused, because nothing else of the record would keep it. A layout that names a format with a time says that the date is all it wants.</param>
    /// <exception cref="BillingConfigurationException">The time zone is unknown, or the layout names an impossible format.</exception>
    public DateParser(SourceLayout layout, string? timeZone, bool refuseTimeOfDay = false)
    {
        _refuseTimeOfDay = refuseTimeOfDay;
        try
        {
            _patterns = [.. layout.DateFormats.Select(format => new DatePattern(format))];
        }
        catch (FormatException exception)
        {
            throw new BillingConfigurationException($"The date format {exception.Message}", exception);
        }

        if (timeZone is not null && !TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out _zone))
        {
            throw new BillingConfigurationException($"The time zone '{timeZone}' is unknown here. Use an IANA name, such as Pacific/Auckland or UTC.");
        }

        _instantPatterns = [.. _patterns.Where(pattern => pattern.HasTime)];
        _formats = _patterns.Length switch
        {
            0 => $"the format {IsoDate}",
            1 => $"the format {_patterns[0]}",
            _ => "any of the formats " + string.Join(", ", _patterns.AsEnumerable()),
        };
    }

    /// <summary>Reads a date from UTF-8, spaces around it ignored. Where the text goes on with a time, the date is the one that is written, whatever the offset.</summary>
    /// <returns>Null, or why it is no date: <see cref="QuarantineReason.BadDate"/> or <see cref="QuarantineReason.MissingValue"/>.</returns>
    public RowFault? ParseDate(ReadOnlySpan<byte> utf8, string column, out DateOnly date)
    {
        ReadOnlySpan<byte> text = Utf8Text.Trim(utf8);
        if (_patterns.Length == 0)
        {
            if (IsoDateTime.TryParseDate(text, out date))
            {
                return null;
            }

            if (IsoDateTime.TryParse(text, out IsoDateTime value))
            {
                date = value.Date;
                return _refuseTimeOfDay && value.TimeTicks is > 0
                    ? Bad(column, text, "has a time of day, which a date cannot keep. In the layout, name the column as the instant as well, with timeZone where the text has no offset; or name its format in dateFormats, to keep the date alone.")
                    : null;
            }
        }

        foreach (DatePattern pattern in _patterns)
        {
            if (pattern.TryParse(text, out date))
            {
                return null;
            }
        }

        date = default;
        return text.IsEmpty
            ? new RowFault(QuarantineReason.MissingValue, $"Column '{column}' is empty where a date must be.")
            : Bad(column, text, $"is no date in {_formats}. Set dateFormats in the layout.");
    }

    /// <summary>
    /// Reads an instant from UTF-8, spaces around it ignored: ISO 8601, or a date format of the layout that has a time;
    /// with an offset, or without one in the stated time zone. Numbers of seconds since 1970 are no instants.
    /// </summary>
    /// <returns>Null, or why it is no instant: <see cref="QuarantineReason.BadDate"/> or <see cref="QuarantineReason.MissingValue"/>.</returns>
    public RowFault? ParseInstant(ReadOnlySpan<byte> utf8, string column, out DateTimeOffset instant)
    {
        instant = default;
        ReadOnlySpan<byte> text = Utf8Text.Trim(utf8);
        if (text.IsEmpty)
        {
            return new RowFault(QuarantineReason.MissingValue, $"Column '{column}' is empty where an instant must be.");
        }

        if (IsoDateTime.TryParse(text, out IsoDateTime value))
        {
            if (value.TimeTicks is not { } ticks)
            {
                return Bad(column, text, "has no time of day. Take the column as the date, or correct it in the source.");
            }

            if (value.IsTooFine)
            {
                return Bad(column, text, "has more than 7 decimals of a second. It is refused, not rounded; correct it in the source.");
            }

            DateTime local = value.Date.ToDateTime(TimeOnly.MinValue).AddTicks(ticks);
            return Resolve(local, value.OffsetMinutes is { } minutes ? TimeSpan.FromMinutes(minutes) : null, column, text, out instant);
        }

        foreach (DatePattern pattern in _instantPatterns)
        {
            if (pattern.TryParse(text, out DateTimeOffset written))
            {
                return Resolve(written.DateTime, pattern.HasOffset ? written.Offset : null, column, text, out instant);
            }
        }

        return Bad(column, text, "is no instant of ISO 8601, such as 2025-06-17T10:30:00Z. Correct it in the source, or set dateFormats in the layout.");
    }

    private RowFault? Resolve(DateTime local, TimeSpan? offset, string column, ReadOnlySpan<byte> text, out DateTimeOffset instant)
    {
        instant = default;
        if (offset is null && _zone is null)
        {
            return Bad(column, text, "has no offset. Set timeZone in the layout.");
        }

        if (offset is null && _zone!.IsInvalidTime(local))
        {
            return Bad(column, text, $"did not exist in {_zone.Id}: clocks were put forward over it. Correct it in the source.");
        }

        if (offset is null && _zone!.IsAmbiguousTime(local))
        {
            return Bad(column, text, $"happened twice in {_zone.Id}: clocks were put back over it. Write it with its offset.");
        }

        TimeSpan used = offset ?? _zone!.GetUtcOffset(local);
        long utc = local.Ticks - used.Ticks;
        if (utc < DateTime.MinValue.Ticks || utc > DateTime.MaxValue.Ticks)
        {
            return Bad(column, text, "is before the year 1 or after the year 9999 in UTC. Correct it in the source.");
        }

        instant = new DateTimeOffset(local, used);
        return null;
    }

    private static RowFault Bad(string column, ReadOnlySpan<byte> text, string why) =>
        new(QuarantineReason.BadDate, $"Column '{column}': {Utf8Text.Quote(text)} {why}");
}
