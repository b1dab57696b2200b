using System.Collections.Concurrent;
using System.Globalization;

namespace Billing.Currencies;

/// <summary>The rates of <see cref="FixedRates"/> by pair. Thread-safe.</summary>
internal sealed class FixedRateTable
{
    private readonly Dictionary<int, ExchangeRate> _given = [];
    private readonly List<Currency> _currencies = [];

    // Also keeps null for pairs without a rate: every row of that currency asks for them again.
    private readonly ConcurrentDictionary<int, ExchangeRate?> _found = new();

    /// <summary>Adds a rate, before the first look-up: 1 <paramref name="baseCode"/> = <paramref name="rate"/> <paramref name="quote"/>.</summary>
    /// <returns>Null, or what is wrong with the rate and what to do.</returns>
    public string? Add(string baseCode, Currency quote, decimal rate, DateOnly? date, string source)
    {
        if (!Currency.TryParse(baseCode, out Currency? from))
        {
            return RateFaults.UnknownCurrency(baseCode);
        }

        if (rate <= 0m)
        {
            return string.Create(CultureInfo.InvariantCulture, $"The rate of {from} is {rate}. A rate must be greater than zero.");
        }

        if (ReferenceEquals(from, quote) && rate != 1m)
        {
            return string.Create(CultureInfo.InvariantCulture, $"1 {from} cannot be {rate} {quote}. Leave {from} out, or give it the rate 1.");
        }

        if (!_given.TryAdd(Pair(from, quote), new ExchangeRate(from, quote, rate, date, source)))
        {
            return $"The rate of {from} in {quote} appears twice. Keep one of them.";
        }

        Know(from);
        Know(quote);
        return null;
    }

    /// <summary>The currencies on either side of a rate.</summary>
    public IReadOnlyList<Currency> Currencies => _currencies;

    /// <summary>Returns the rates as CSV, in the form that <see cref="FixedRatesCsv"/> reads.</summary>
    public string ToCsv() => "base,quote,rate,date,source\n" + string.Concat(_given.Values.Select(rate =>
        string.Create(CultureInfo.InvariantCulture, $"{rate.Base},{rate.Quote},{rate.Numerator},{rate.Date:yyyy-MM-dd},\"{rate.Source.Replace("\"", "\"\"", StringComparison.Ordinal)}\"\n")));

    /// <summary>Finds the rate of a pair by the rules of <see cref="FixedRates"/>, or returns null.</summary>
    public ExchangeRate? Find(Currency from, Currency to)
    {
        if (_found.TryGetValue(Pair(from, to), out ExchangeRate? rate))
        {
            return rate;
        }

        rate = ReferenceEquals(from, to) ? SameCurrency.Rate(from) : Given(from, to) ?? Inverse(from, to) ?? Cross(from, to);
        return _found.GetOrAdd(Pair(from, to), rate);
    }

    private static int Pair(Currency from, Currency to) => (from.Ordinal << 16) | to.Ordinal;

    private ExchangeRate? Given(Currency from, Currency to) => _given.GetValueOrDefault(Pair(from, to));

    private ExchangeRate? Inverse(Currency from, Currency to) => Given(to, from) is { } opposite
        ? new ExchangeRate(from, to, 1m, opposite.Date, opposite.Source, opposite.Numerator)
        : null;

    private ExchangeRate? Cross(Currency from, Currency to)
    {
        ExchangeRate? cross = null;
        foreach (Currency through in _currencies)
        {
            if (Through(through, from, to) is not { } candidate)
            {
                continue;
            }

            if (cross is not null)
            {
                return null;
            }

            cross = candidate;
        }

        return cross;
    }

    private ExchangeRate? Through(Currency through, Currency from, Currency to)
    {
        if (Given(from, through) is { } fromIn && Given(to, through) is { } toIn)
        {
            return Join(from, to, numerator: fromIn, denominator: toIn);
        }

        if (Given(through, from) is { } inFrom && Given(through, to) is { } inTo)
        {
            return Join(from, to, numerator: inTo, denominator: inFrom);
        }

        return null;
    }

    private static ExchangeRate Join(Currency from, Currency to, ExchangeRate numerator, ExchangeRate denominator)
    {
        // A cross rate is as old as the older of its legs.
        DateOnly? date = numerator.Date < denominator.Date ? numerator.Date : denominator.Date;
        string source = numerator.Source == denominator.Source ? numerator.Source : $"{numerator.Source}, {denominator.Source}";
        return new ExchangeRate(from, to, numerator.Numerator, numerator.Date is null ? null : date, source, denominator.Numerator);
    }

    private void Know(Currency currency)
    {
        if (!_currencies.Contains(currency))
        {
            _currencies.Add(currency);
        }
    }
}
