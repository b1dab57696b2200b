namespace Billing.Settlement;

/// <summary>The days from one date to another, both included.</summary>
internal readonly record struct DateSpan(DateOnly From, DateOnly To)
{
    public static DateSpan Around(DateOnly date, int before, int after) =>
        new(DateOnly.FromDayNumber(Math.Max(0, date.DayNumber - before)), DateOnly.FromDayNumber(Math.Min(DateOnly.MaxValue.DayNumber, date.DayNumber + after)));

    public bool Meets(DateSpan other) => From <= other.To && other.From <= To;

    /// <summary>Returns the spans in order, those that meet as one.</summary>
    public static IReadOnlyList<DateSpan> Merge(IEnumerable<DateSpan> spans)
    {
        List<DateSpan> merged = [];
        foreach (DateSpan span in spans.OrderBy(span => span.From))
        {
            if (merged.Count > 0 && span.From.DayNumber <= merged[^1].To.DayNumber + 1)
            {
                merged[^1] = merged[^1] with { To = merged[^1].To > span.To ? merged[^1].To : span.To };
            }
            else
            {
                merged.Add(span);
            }
        }

        return merged;
    }
}
