using System.Diagnostics.CodeAnalysis;
using Billing.Currencies;

namespace Billing;

/// <summary>
/// Exchange rates by day, in memory, such as those of a database. The rate of a pair is that of the day itself, or of the last earlier day that has one, at most
/// <see cref="MaxStaleness"/> earlier. If there is none, the inverse of the opposite pair is used in the same way. There are no cross rates: give every pair that records need.
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

    /// <summary>The maximum age of a rate. Default 7 days.</summary>
    public TimeSpan MaxStaleness { get; }

    /// <summary>Creates rates in code.</summary>
    /// <param name="rates">The rates, each with its date; one per pair and day.</param>
    /// <param name="maxStaleness">The maximum age of a rate, in whole days; null for 7 days. Zero: only the rate of the day itself.</param>
    /// <exception cref="BillingConfigurationException"><paramref name="maxStaleness"/> is negative or not a whole number of days. There is no rate; or a rate has no date or is from a currency to itself; or a pair has two rates for one day.</exception>
    public static DatedRates Create(IEnumerable<ExchangeRate> rates, TimeSpan? maxStaleness = null)
    {
        ArgumentNullException.ThrowIfNull(rates);
        TimeSpan staleness = maxStaleness ?? TimeSpan.FromDays(DefaultStalenessDays);
        BillingConfigurationException.ThrowUnless(staleness >= TimeSpan.Zero && staleness.Ticks % TimeSpan.TicksPerDay == 0, nameof(DatedRates), nameof(maxStaleness), staleness, "whole days, zero or more: rates are of days");
        return new DatedRates(new DatedRateTable(rates, staleness.Days), staleness);
    }

    /// <inheritdoc/>
    /// <remarks><see cref="ExchangeRate.Date"/> is never after <paramref name="date"/>. The rate from a currency to itself is 1, from the source <c>same currency</c>.</remarks>
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
