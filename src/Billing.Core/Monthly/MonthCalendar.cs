namespace Billing.Monthly;

/// <summary>Says on which day of which month a record counts.</summary>
internal sealed class MonthCalendar(BillingMonth month, TimeZoneInfo? zone)
{
    /// <summary>The records that have to be looked at for the month and the month before.</summary>
    public RecordQuery Query => zone is null ? new RecordQuery { From = (month.Before ?? month).First, To = month.Last } : new RecordQuery();

    /// <summary>The day that a record counts on.</summary>
    public DateOnly DayOf(BillingRecord record) => DayOf(record.Date, record.Instant);

    /// <summary>The day of a date and an instant.</summary>
    public DateOnly DayOf(DateOnly date, DateTimeOffset? instant) =>
        zone is not null && instant is { } at ? DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime) : date;
}
