namespace Billing.Storage;

/// <summary>Adds up a summary, group by group.</summary>
internal sealed class SummaryTotals
{
    private readonly SortedDictionary<string, Group> _groups = new(CodePointOrder.Instance);

    /// <summary>Adds rows of one group that share their currencies.</summary>
    public void Add(string group, long rows, string currency, ExactSum billed, string reportingCurrency, ExactSum reporting)
    {
        if (!_groups.TryGetValue(group, out Group? totals))
        {
            _groups.Add(group, totals = new Group());
        }

        totals.Rows += rows;
        totals.Billed[currency] = totals.Billed.GetValueOrDefault(currency) + billed;
        totals.Reporting[reportingCurrency] = totals.Reporting.GetValueOrDefault(reportingCurrency) + reporting;
    }

    /// <summary>The summary, ordered by group.</summary>
    public IReadOnlyList<SummaryRow> ToRows() =>
        [.. _groups.Select(group => new SummaryRow(
            group.Key,
            new ControlTotals(group.Value.Rows, group.Value.Billed),
            new ControlTotals(group.Value.Rows, group.Value.Reporting)))];

    private sealed class Group
    {
        public long Rows { get; set; }

        public Dictionary<string, ExactSum> Billed { get; } = [];

        public Dictionary<string, ExactSum> Reporting { get; } = [];
    }
}
