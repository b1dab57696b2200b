using Billing.Texts;

namespace Billing.Values;

/// <summary>Reads dates and instants strictly in the formats of a layout. Thread-safe.</summary>
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

    /// <summary>Creates a parser with the time zone of the columns, which may come from a header.</summary>
    /// <param name="layout">The layout, for its date formats.</param>
    /// <param name="timeZone">The time zone of instants without an offset, or null to refuse them.</param>
    /// <param name="refuseTimeOfDay">Whether to refuse a date with a time of day other than midnight, because the record would lose the time. A layout that names a format with a time accepts that: it wants only the date.</param>
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
            throw new BillingConfigurationException($"The time zone '{timeZone}' is not known on this machine. Use an IANA name, such as Pacific/Auckland or UTC.");
        }

        _instantPatterns = [.. _patterns.Where(pattern => pattern.HasTime)];
        _formats = _patterns.Length switch
        {
            0 => $"the format {IsoDate}",
            1 => $"the format {_patterns[0]}",
            _ => "any of the formats " + string.Join(", ", _patterns.AsEnumerable()),
        };
    }

    /// <summary>Reads a date from UTF-8 and ignores spaces around it. If a time follows, the date is the one that is written, whatever the offset.</summary>
    /// <returns>Null, or why the text is not a date: <see cref="QuarantineReason.BadDate"/> or <see cref="QuarantineReason.MissingValue"/>.</returns>
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
                    ? Bad(column, text, "has a time of day, which a date cannot keep. In the layout, also name the column as the instant, and set timeZone if the text has no offset; or add its format to dateFormats, to keep only the date.")
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
            ? new RowFault(QuarantineReason.MissingValue, $"Column '{column}' is empty, but a date is required. Fill it in at the source.")
            : Bad(column, text, $"is not a date in {_formats}. Set dateFormats in the layout.");
    }

    /// <summary>
    /// Reads an instant from UTF-8 and ignores spaces around it. It is in ISO 8601 or in a date format of the layout that has a time,
    /// and has an offset or is in the given time zone. By default, a number of seconds since 1970 is not an instant.
    /// </summary>
    /// <returns>Null, or why the text is not an instant: <see cref="QuarantineReason.BadDate"/> or <see cref="QuarantineReason.MissingValue"/>.</returns>
    public RowFault? ParseInstant(ReadOnlySpan<byte> utf8, string column, out DateTimeOffset instant)
    {
        instant = default;
        ReadOnlySpan<byte> text = Utf8Text.Trim(utf8);
        if (text.IsEmpty)
        {
            return new RowFault(QuarantineReason.MissingValue, $"Column '{column}' is empty, but an instant is required. Fill it in at the source.");
        }

        if (IsoDateTime.TryParse(text, out IsoDateTime value))
        {
            if (value.TimeTicks is not { } ticks)
            {
                return Bad(column, text, "has no time of day. Name the column as the date in the layout, or correct it in the source.");
            }

            if (value.IsTooFine)
            {
                return Bad(column, text, "has more than 7 decimals of a second. It is refused, not rounded. Correct it in the source.");
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

        return Bad(column, text, "is not an ISO 8601 instant, such as 2025-06-17T10:30:00Z. Correct it in the source, or set dateFormats in the layout.");
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
            return Bad(column, text, $"did not exist in {_zone.Id}: the clocks went forward past it. Correct it in the source.");
        }

        if (offset is null && _zone!.IsAmbiguousTime(local))
        {
            return Bad(column, text, $"happened twice in {_zone.Id}: the clocks went back over it. Write it with its offset.");
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
