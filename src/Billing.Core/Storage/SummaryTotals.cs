namespace Billing.Storage;

/// <summary>Adds up a summary, exactly, group by group.</summary>
public sealed class SummaryTotals
{
    private readonly SortedDictionary<string, Group> _groups = new(UnicodeText.Order);

    /// <summary>Adds a record to its group.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such way to group.</exception>
    public void Add(SummaryBy by, BillingRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        Add(
            RecordMatcher.GroupOf(by, record),
            1,
            record.Amount.Currency.Code,
            ExactSum.From(record.Amount.Amount),
            record.ReportingAmount.Currency.Code,
            ExactSum.From(record.ReportingAmount.Amount));
    }

    /// <summary>Adds rows of one group that share their currencies, added up by the store.</summary>
    /// <param name="group">The group: a month as <c>2025-06</c>, a day as <c>2025-06-17</c>, a minute as <c>2025-06-17T12:30Z</c>, or the text itself; empty where a record has none.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="currency">The code of the currency of their amounts.</param>
    /// <param name="billed">The sum of their amounts.</param>
    /// <param name="reportingCurrency">The code of the currency of their reporting amounts.</param>
    /// <param name="reporting">The sum of their reporting amounts.</param>
    public void Add(string group, long rows, string currency, ExactSum billed, string reportingCurrency, ExactSum reporting)
    {
        ArgumentNullException.ThrowIfNull(group);
        if (!_groups.TryGetValue(group, out Group? totals))
        {
            _groups.Add(group, totals = new Group());
        }

        totals.Rows += rows;
        totals.Billed[currency] = totals.Billed.GetValueOrDefault(currency) + billed;
        totals.Reporting[reportingCurrency] = totals.Reporting.GetValueOrDefault(reportingCurrency) + reporting;
    }

    /// <summary>The summary, ordered by group, by code point.</summary>
    public IReadOnlyList<SummaryRow> ToRows() =>
        [.. _groups.Select(group => new SummaryRow(
            group.Key,
            new ControlTotals(group.Value.Rows, group.Value.Billed),
            new ControlTotals(group.Value.Rows, group.Value.Reporting)))];

    /// <summary>All groups together: what a store holds of a run, where the rows of that run were added.</summary>
    public RunTotals ToRunTotals() => new(All(row => row.Billed), All(row => row.Reporting));

    private ControlTotals All(Func<SummaryRow, ControlTotals> totalsOf)
    {
        long rows = 0;
        Dictionary<string, ExactSum> money = [];
        foreach (ControlTotals totals in ToRows().Select(totalsOf))
        {
            rows += totals.Rows;
            foreach ((string currency, ExactSum sum) in totals.Money)
            {
                money[currency] = money.GetValueOrDefault(currency) + sum;
            }
        }

        return new ControlTotals(rows, money);
    }

    private sealed class Group
    {
        public long Rows { get; set; }

        public Dictionary<string, ExactSum> Billed { get; } = [];

        public Dictionary<string, ExactSum> Reporting { get; } = [];
    }
}
