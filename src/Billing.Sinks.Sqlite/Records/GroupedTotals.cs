using System.Text;

namespace Billing.Sinks.Sqlite.Records;

/// <summary>Adds up rows exactly, group by group, as they come: grouping them in SQL would sort them first.</summary>
internal sealed class GroupedTotals
{
    /// <summary>What a statement selects before the columns that it groups by.</summary>
    public const string Columns = "r.currency, r.amount, r.reporting_currency, r.reporting_amount";

    /// <summary>The first column that it groups by.</summary>
    public const int FirstGroup = 4;

    private readonly Dictionary<byte[], List<PairTotals>> _groups = new(TextComparer.Instance);
    private readonly Dictionary<byte[], List<PairTotals>>.AlternateLookup<ReadOnlySpan<byte>> _find;

    public GroupedTotals() => _find = _groups.GetAlternateLookup<ReadOnlySpan<byte>>();

    /// <summary>Adds a row to its group.</summary>
    /// <param name="group">The group, as text in UTF-8; empty for none.</param>
    /// <param name="currency">The code of its currency.</param>
    /// <param name="amount">Its amount.</param>
    /// <param name="reportingCurrency">The code of its reporting currency.</param>
    /// <param name="reportingAmount">Its reporting amount.</param>
    public void Add(ReadOnlySpan<byte> group, ReadOnlySpan<byte> currency, ExactAmount amount, ReadOnlySpan<byte> reportingCurrency, ExactAmount reportingAmount)
    {
        if (!_find.TryGetValue(group, out List<PairTotals>? pairs))
        {
            _find[group] = pairs = [];
        }

        PairOf(pairs, currency, reportingCurrency).Add(amount, reportingAmount);
    }

    /// <summary>The sums so far.</summary>
    public SummaryTotals ToTotals()
    {
        SummaryTotals totals = new();
        foreach ((byte[] group, List<PairTotals> pairs) in _groups)
        {
            string name = Encoding.UTF8.GetString(group);
            foreach (PairTotals pair in pairs)
            {
                totals.Add(name, pair.Rows, Encoding.UTF8.GetString(pair.Currency), pair.Billed, Encoding.UTF8.GetString(pair.ReportingCurrency), pair.Reporting);
            }
        }

        return totals;
    }

    // A group has few currencies.
    private static PairTotals PairOf(List<PairTotals> pairs, ReadOnlySpan<byte> currency, ReadOnlySpan<byte> reportingCurrency)
    {
        foreach (PairTotals pair in pairs)
        {
            if (pair.Currency.SequenceEqual(currency) && pair.ReportingCurrency.SequenceEqual(reportingCurrency))
            {
                return pair;
            }
        }

        PairTotals added = new(currency.ToArray(), reportingCurrency.ToArray());
        pairs.Add(added);
        return added;
    }
}
