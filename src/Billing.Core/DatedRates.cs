using System.Diagnostics.CodeAnalysis;
using Billing.Currencies;

namespace Billing;

/// <summary>
/// Rates by day, in memory, such as those of a database. The rate of a pair is the one of the very day, or of the last day before that has one, at most
/// <see cref="MaxStaleness"/> back; where there is none, the inverse of the opposite pair, likewise. Nothing is crossed: give every pair that records need.
/// </summary>
public sealed class DatedRates : IExchangeRates
{
    private const int DefaultStalenessDays = 7;

    private readonly DatedRateTable _table;

    private DatedRates(DatedRateTable table, TimeSpan maxStaleness)
    {
        _table = table;
        MaxStaleness = maxStaleness;
    }

    /// <summary>How old a rate may be. Default 7 days.</summary>
    public TimeSpan MaxStaleness { get; }

    /// <summary>Rates in code.</summary>
    /// <param name="rates">Each with its date; one per pair and day.</param>
    /// <param name="maxStaleness">How old a rate may be, in whole days; null for 7 days. Zero: only the rate of the very day.</param>
    /// <exception cref="BillingConfigurationException"><paramref name="maxStaleness"/> is negative or not of whole days. There is no rate, one has no date, is of a currency to itself, or a pair has two for one day.</exception>
    public static DatedRates Create(IEnumerable<ExchangeRate> rates, TimeSpan? maxStaleness = null)
    {
        ArgumentNullException.ThrowIfNull(rates);
        TimeSpan staleness = maxStaleness ?? TimeSpan.FromDays(DefaultStalenessDays);
        BillingConfigurationException.ThrowUnless(staleness >= TimeSpan.Zero && staleness.Ticks % TimeSpan.TicksPerDay == 0, nameof(DatedRates), nameof(maxStaleness), staleness, "whole days, zero or more: rates are of days");
        return new DatedRates(new DatedRateTable(rates, staleness.Days), staleness);
    }

    /// <inheritdoc/>
    /// <remarks><see cref="ExchangeRate.Date"/> is never after <paramref name="date"/>. From a currency to itself the rate is 1, of the source <c>same currency</c>.</remarks>
    public bool TryGetRate(Currency from, Currency to, DateOnly date, [NotNullWhen(true)] out ExchangeRate? rate)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        rate = _table.Find(from, to, date);
        return rate is not null;
    }

    /// <summary>What the rates are by, and how old they may be.</summary>
    public override string ToString() => FormattableString.Invariant($"rates by day, at most {MaxStaleness.Days} days old");
}
