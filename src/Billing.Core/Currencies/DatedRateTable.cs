namespace Billing.Currencies;

/// <summary>The rates of <see cref="DatedRates"/>, by pair, then by day. Thread-safe.</summary>
internal sealed class DatedRateTable
{
    private readonly Dictionary<(Currency From, Currency To), SortedList<int, ExchangeRate>> _pairs = [];
    private readonly int _maxStalenessDays;

    /// <exception cref="BillingConfigurationException">As <see cref="DatedRates.Create"/> says.</exception>
    public DatedRateTable(IEnumerable<ExchangeRate> rates, int maxStalenessDays)
    {
        _maxStalenessDays = maxStalenessDays;
        foreach (ExchangeRate rate in rates)
        {
            Add(rate);
        }

        if (_pairs.Count == 0)
        {
            throw new BillingConfigurationException("There is no exchange rate. Give at least one: without it, every amount in another currency is quarantined.");
        }

        // Adds the opposite of each pair, unless it is given itself.
        foreach (((Currency from, Currency to), SortedList<int, ExchangeRate> days) in _pairs.ToArray())
        {
            if (!_pairs.ContainsKey((to, from)))
            {
                _pairs.Add((to, from), Inverse(days));
            }
        }
    }

    public ExchangeRate? Find(Currency from, Currency to, DateOnly date)
    {
        if (ReferenceEquals(from, to))
        {
            return SameCurrency.Rate(from);
        }

        return _pairs.TryGetValue((from, to), out SortedList<int, ExchangeRate>? days) && LastUpTo(date.DayNumber, days.Keys) is { } last && date.DayNumber - days.Keys[last] <= _maxStalenessDays
            ? days.Values[last]
            : null;
    }

    private void Add(ExchangeRate rate)
    {
        if (rate.Date is not { } date)
        {
            throw new BillingConfigurationException($"The exchange rate {rate} has no date. Give it one, or use {nameof(FixedRates)} for rates that do not change by day.");
        }

        if (ReferenceEquals(rate.Base, rate.Quote))
        {
            throw new BillingConfigurationException($"The exchange rate {rate} is from a currency to itself. Leave it out.");
        }

        if (!_pairs.TryGetValue((rate.Base, rate.Quote), out SortedList<int, ExchangeRate>? days))
        {
            _pairs.Add((rate.Base, rate.Quote), days = []);
        }

        if (!days.TryAdd(date.DayNumber, rate))
        {
            throw new BillingConfigurationException($"The exchange rates {days[date.DayNumber]} and {rate} are for the same day. Keep one of them.");
        }
    }

    // In the order of days, so that each is added at the end.
    private static SortedList<int, ExchangeRate> Inverse(SortedList<int, ExchangeRate> days)
    {
        SortedList<int, ExchangeRate> inverse = new(days.Count);
        foreach ((int day, ExchangeRate rate) in days)
        {
            inverse.Add(day, new ExchangeRate(rate.Quote, rate.Base, rate.Denominator, rate.Date, rate.Source, rate.Numerator));
        }

        return inverse;
    }

    private static int? LastUpTo(int day, IList<int> days)
    {
        int from = 0;
        int to = days.Count;
        while (from < to)
        {
            int middle = (from + to) / 2;
            (from, to) = days[middle] <= day ? (middle + 1, to) : (from, middle);
        }

        return from == 0 ? null : from - 1;
    }
}
