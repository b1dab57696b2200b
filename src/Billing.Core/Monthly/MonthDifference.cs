namespace Billing.Monthly;

/// <summary>Compares two reports of a month, line by line.</summary>
internal static class MonthDifference
{
    public static MonthRestatement Between(MonthReport before, MonthReport after, int number, MonthClosing? closing)
    {
        Dictionary<RecordKey, MonthLine> then = before.Lines.ToDictionary(line => line.Record.Key);
        List<MonthLine> added = [];
        List<MonthChange> changed = [];
        foreach (MonthLine line in after.Lines)
        {
            if (!then.Remove(line.Record.Key, out MonthLine? was))
            {
                added.Add(line);
            }
            else if (!IsSame(was, line))
            {
                changed.Add(new MonthChange(line.Record.Key, was, line));
            }
        }

        return new MonthRestatement
        {
            Month = before.Month,
            Number = number,
            Closing = closing,
            Before = before.Reporting,
            After = after.Reporting,
            Added = added,
            TakenAway = [.. before.Lines.Where(line => then.ContainsKey(line.Record.Key))],
            Changed = changed,
        };
    }

    private static bool IsSame(MonthLine one, MonthLine other) => ReportColumn.OfMonth.All(column => column.TextOf(one) == column.TextOf(other));
}
