namespace Billing.Web.Records;

/// <summary>Reads the filters of a list of records, and their order.</summary>
internal static class RecordFilter
{
    public static RecordListQuery Read(QueryReader reader)
    {
        DateOnly? month = reader.Month("month");
        DateOnly? from = reader.Day("from");
        DateOnly? to = reader.Day("to");
        string sort = reader.Word("sort", "-date", "date", "-date", "amount", "-amount", "party", "-party");
        return new RecordListQuery
        {
            Filter = new RecordQuery
            {
                From = Later(month, from),
                To = Earlier(LastOf(month), to),
                Category = reader.TextOrEmpty("category"),
                Party = reader.Text("party"),
                Currency = reader.Text("currency")?.ToUpperInvariant(),
                Flag = reader.Text("flag"),
                Text = reader.Text("text"),
                RunId = reader.Text("run"),
                SourceName = reader.Text("source"),
                Scope = reader.Text("scope"),
            },
            Order = sort.TrimStart('-') switch { "amount" => RecordOrder.Amount, "party" => RecordOrder.Party, _ => RecordOrder.Date },
            IsDescending = sort[0] == '-',
        };
    }

    // Of every month, also of the last one that there is.
    private static DateOnly? LastOf(DateOnly? month) => month is { } first ? new DateOnly(first.Year, first.Month, DateTime.DaysInMonth(first.Year, first.Month)) : null;

    private static DateOnly? Later(DateOnly? one, DateOnly? two) => one is null || two > one ? two ?? one : one;

    private static DateOnly? Earlier(DateOnly? one, DateOnly? two) => one is null || two < one ? two ?? one : one;
}
