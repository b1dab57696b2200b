namespace Billing.Reports;

/// <summary>Adds up the rows and amounts of a run, exactly. Not thread-safe.</summary>
internal sealed class TotalsAccumulator
{
    private readonly Dictionary<string, CurrencySum> _sums = new(StringComparer.Ordinal);
    private string? _lastCode;
    private CurrencySum? _lastSum;
    private long _rows;

    /// <summary>Counts a row whose amount could not be read.</summary>
    public void AddRow() => _rows++;

    /// <summary>Counts a row and its amount.</summary>
    /// <param name="currencyCode">The code, as in the totals; empty if the row has none.</param>
    public void AddRow(string currencyCode, decimal amount)
    {
        _rows++;
        SumOf(currencyCode).Add(amount);
    }

    /// <summary>The totals so far.</summary>
    public ControlTotals ToControlTotals() => new(_rows, _sums.ToDictionary(sum => sum.Key, sum => sum.Value.ToExactSum(), StringComparer.Ordinal));

    // Most sources stay in one currency for many rows, and each known code is one shared string.
    private CurrencySum SumOf(string code)
    {
        if (_lastSum is not null && (ReferenceEquals(code, _lastCode) || string.Equals(code, _lastCode, StringComparison.Ordinal)))
        {
            return _lastSum;
        }

        if (!_sums.TryGetValue(code, out CurrencySum? sum))
        {
            _sums.Add(code, sum = new CurrencySum());
        }

        _lastCode = code;
        return _lastSum = sum;
    }
}
