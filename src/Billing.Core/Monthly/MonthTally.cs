using System.Globalization;
using Billing.Reports;
using Billing.Storage;

namespace Billing.Monthly;

/// <summary>Adds up the lines of a month, which come in their order.</summary>
internal sealed class MonthTally
{
    private readonly SummaryTotals _categories = new();
    private readonly SummaryTotals _parties = new();
    private readonly SummaryTotals _days = new();
    private readonly SortedDictionary<string, CurrencyTally> _currencies = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, TotalsAccumulator> _flags = new(UnicodeText.Order);
    private readonly SortedDictionary<string, long> _runs = new(StringComparer.Ordinal);
    private readonly TotalsAccumulator _billed = new();
    private readonly TotalsAccumulator _reporting = new();
    private readonly TotalsAccumulator _refused = new();

    public ControlTotals Billed => _billed.ToControlTotals();

    public ControlTotals Reporting => _reporting.ToControlTotals();

    public ControlTotals Refused => _refused.ToControlTotals();

    public IReadOnlyList<SummaryRow> Categories => _categories.ToRows();

    public IReadOnlyList<SummaryRow> Parties => _parties.ToRows();

    public IReadOnlyList<SummaryRow> Days => _days.ToRows();

    public IReadOnlyList<MonthCurrency> Currencies => [.. _currencies.Select(currency => currency.Value.ToMonthCurrency(currency.Key))];

    public IReadOnlyList<MonthFlag> Flags => [.. _flags.Select(flag => new MonthFlag(flag.Key, flag.Value.ToControlTotals()))];

    /// <summary>The rows by the id of their run.</summary>
    public IReadOnlyDictionary<string, long> Runs => _runs;

    public void Add(MonthLine line, bool isRefused)
    {
        BillingRecord record = line.Record;
        Add(_billed, record.Amount);
        Add(_reporting, record.ReportingAmount);
        Add(_categories, record.Category ?? "", record);
        Add(_parties, record.Party ?? "", record);
        Add(_days, line.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), record);
        Of(_currencies, record.Amount.Currency.Code).Add(record);
        _runs[record.RunId] = _runs.GetValueOrDefault(record.RunId) + 1;
        foreach (string flag in record.Flags)
        {
            Add(Of(_flags, flag), record.ReportingAmount);
        }

        if (isRefused)
        {
            Add(_refused, record.ReportingAmount);
        }
    }

    /// <summary>This month compared with another one, which comes before it.</summary>
    public MonthComparison Against(MonthTally before, BillingMonth month)
    {
        Dictionary<string, ControlTotals> then = before.Categories.ToDictionary(row => row.Group, row => row.Reporting, StringComparer.Ordinal);
        Dictionary<string, ControlTotals> now = Categories.ToDictionary(row => row.Group, row => row.Reporting, StringComparer.Ordinal);
        return new MonthComparison
        {
            Month = month,
            Reporting = before.Reporting,
            Difference = Reporting - before.Reporting,
            Categories = [.. then.Keys.Union(now.Keys).Order(UnicodeText.Order).Select(category => new MonthCategoryChange(category, then.GetValueOrDefault(category, ControlTotals.Zero), now.GetValueOrDefault(category, ControlTotals.Zero)))],
        };
    }

    private static void Add(TotalsAccumulator totals, Money money) => totals.AddRow(money.Currency.Code, money.Amount);

    private static void Add(SummaryTotals totals, string group, BillingRecord record) =>
        totals.Add(group, 1, record.Amount.Currency.Code, ExactSum.From(record.Amount.Amount), record.ReportingAmount.Currency.Code, ExactSum.From(record.ReportingAmount.Amount));

    private static T Of<T>(SortedDictionary<string, T> groups, string name)
        where T : new()
    {
        if (!groups.TryGetValue(name, out T? group))
        {
            groups.Add(name, group = new T());
        }

        return group;
    }
}
