namespace Billing.Sinks.Sqlite.Records;

/// <summary>Adds up the rows of one run exactly, in the order of the table: grouping them in SQL would sort them first.</summary>
internal sealed class RunAccumulator
{
    private readonly Dictionary<(Currency, Currency), Pair> _pairs = [];
    private Pair? _last;
    private long _rows;

    /// <summary>The sums so far.</summary>
    public RunTotals Totals => new(
        new ControlTotals(_rows, Sums(pair => (pair.Currency, pair.Billed.Sum))),
        new ControlTotals(_rows, Sums(pair => (pair.ReportingCurrency, pair.Reporting.Sum))));

    /// <summary>Adds a row.</summary>
    public void Add(ReadOnlySpan<byte> amount, Currency currency, ReadOnlySpan<byte> reportingAmount, Currency reportingCurrency)
    {
        if (_last is null || _last.Currency != currency || _last.ReportingCurrency != reportingCurrency)
        {
            if (!_pairs.TryGetValue((currency, reportingCurrency), out _last))
            {
                _pairs.Add((currency, reportingCurrency), _last = new Pair(currency, reportingCurrency));
            }
        }

        _rows++;
        _last.Billed.Add(amount);
        _last.Reporting.Add(reportingAmount);
    }

    private Dictionary<string, ExactSum> Sums(Func<Pair, (Currency Currency, ExactSum Sum)> of) => _pairs.Values
        .Select(of)
        .GroupBy(part => part.Currency.Code, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.Aggregate(ExactSum.Zero, (sum, part) => sum + part.Sum));

    private sealed record Pair(Currency Currency, Currency ReportingCurrency)
    {
        public ExactAccumulator Billed { get; } = new();

        public ExactAccumulator Reporting { get; } = new();
    }
}
