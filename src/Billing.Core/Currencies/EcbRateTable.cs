using System.Collections.Concurrent;

namespace Billing.Currencies;

/// <summary>The ECB's rates by day: 1 EUR = r. Thread-safe.</summary>
internal sealed class EcbRateTable
{
    private const string Source = "ECB";

    private readonly int[] _days;
    private readonly decimal[][] _rates;
    private readonly int[] _columns;
    private readonly int _maxStalenessDays;

    // One object per pair and ECB day that was asked for: the rows of a file share dates.
    private readonly ConcurrentDictionary<long, ExchangeRate> _found = new();

    /// <param name="days">Day numbers, ascending, each once.</param>
    /// <param name="rates">By day, then by place in <paramref name="currencies"/>; 0 if the ECB has none.</param>
    public EcbRateTable(int[] days, decimal[][] rates, Currency[] currencies, int maxStalenessDays)
    {
        _days = days;
        _rates = rates;
        _maxStalenessDays = maxStalenessDays;
        _columns = new int[Iso4217Table.All.Count];
        Array.Fill(_columns, -1);
        for (int i = 0; i < currencies.Length; i++)
        {
            _columns[currencies[i].Ordinal] = i;
        }
    }

    /// <summary>Finds the rate by the rules of <see cref="EcbRates"/>, or returns null.</summary>
    public ExchangeRate? Find(Currency from, Currency to, DateOnly date)
    {
        if (ReferenceEquals(from, to))
        {
            return SameCurrency.Rate(from);
        }

        if (!Knows(from) || !Knows(to))
        {
            return null;
        }

        int found = Array.BinarySearch(_days, date.DayNumber);
        // For a missing day, the search returns the complement of the next later one.
        for (int row = found >= 0 ? found : ~found - 1; row >= 0 && date.DayNumber - _days[row] <= _maxStalenessDays; row--)
        {
            decimal fromPerEuro = PerEuro(row, from);
            decimal toPerEuro = PerEuro(row, to);
            if (fromPerEuro > 0m && toPerEuro > 0m)
            {
                return Shared(row, from, to, fromPerEuro, toPerEuro);
            }
        }

        return null;
    }

    private bool Knows(Currency currency) => ReferenceEquals(currency, Currency.Eur) || _columns[currency.Ordinal] >= 0;

    private decimal PerEuro(int row, Currency currency) =>
        ReferenceEquals(currency, Currency.Eur) ? 1m : _rates[row][_columns[currency.Ordinal]];

    private ExchangeRate Shared(int row, Currency from, Currency to, decimal fromPerEuro, decimal toPerEuro)
    {
        long key = ((long)row << 32) | ((long)from.Ordinal << 16) | (long)to.Ordinal;
        return _found.TryGetValue(key, out ExchangeRate? rate)
            ? rate
            : _found.GetOrAdd(key, new ExchangeRate(from, to, toPerEuro, DateOnly.FromDayNumber(_days[row]), Source, fromPerEuro));
    }
}
