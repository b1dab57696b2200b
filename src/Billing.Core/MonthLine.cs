namespace Billing;

/// <summary>One record of a report.</summary>
/// <param name="Date">The day that it counts on: by the time zone of the report if it has an instant, else its date.</param>
/// <param name="Record">The record, with the category and the amounts of the report.</param>
public sealed record MonthLine(DateOnly Date, BillingRecord Record)
{
    /// <summary>Returns the line of a record that counts on its own date.</summary>
    public static MonthLine Of(BillingRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return new MonthLine(record.Date, record);
    }

    /// <summary>The record.</summary>
    public override string ToString() => Record.ToString();
}
