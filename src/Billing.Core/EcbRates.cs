using System.Diagnostics.CodeAnalysis;
using Billing.Currencies;

namespace Billing;

/// <summary>
/// The reference rates of the European Central Bank (<c>eurofxref-hist.csv</c> or <c>eurofxref.csv</c>, zipped or not): 1 EUR = r.
/// Other pairs cross through the euro, both legs of the same day; a day without rates takes the last business day before, at most <see cref="MaxStaleness"/> back.
/// </summary>
public sealed class EcbRates : IExchangeRates, IKeptRates
{
    private const int DefaultStalenessDays = 7;

    private readonly EcbRateTable _table;
    private readonly string _kept;

    private EcbRates(EcbRateTable table, string kept, TimeSpan maxStaleness)
    {
        _table = table;
        _kept = kept;
        MaxStaleness = maxStaleness;
    }

    /// <summary>How old a rate may be. Default 7 days, over Easter and Christmas.</summary>
    public TimeSpan MaxStaleness { get; }

    /// <summary>Reads the file; it is kept in memory (about 5 MB for all days since 1999).</summary>
    /// <param name="path">The CSV file, or the zip file that holds it.</param>
    /// <param name="maxStaleness">How old a rate may be, in whole days; null for 7 days. Zero: only the rate of the very day.</param>
    /// <exception cref="BillingConfigurationException"><paramref name="maxStaleness"/> is negative or not of whole days. The file cannot be read or is not of that shape; the message names file and line.</exception>
    public static EcbRates Load(string path, TimeSpan? maxStaleness = null)
    {
        TimeSpan staleness = maxStaleness ?? TimeSpan.FromDays(DefaultStalenessDays);
        BillingConfigurationException.ThrowUnless(staleness >= TimeSpan.Zero && staleness.Ticks % TimeSpan.TicksPerDay == 0, nameof(EcbRates), nameof(maxStaleness), staleness, "whole days, zero or more: rates are of days");
        EcbRateTable table = EcbRatesFile.Read(path, staleness.Days, out string sha256);
        return new EcbRates(table, KeptRates.OfEcb(sha256, staleness.Days, Path.GetFullPath(path)), staleness);
    }

    string IKeptRates.Keep() => _kept;

    /// <inheritdoc/>
    /// <remarks>
    /// <see cref="ExchangeRate.Date"/> is the day of the ECB that was used, never one after <paramref name="date"/>; the source is <c>ECB</c>.
    /// From a currency to itself the rate is 1, of the source <c>same currency</c>.
    /// </remarks>
    public bool TryGetRate(Currency from, Currency to, DateOnly date, [NotNullWhen(true)] out ExchangeRate? rate)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        rate = _table.Find(from, to, date);
        return rate is not null;
    }

    /// <summary>Whose rates they are, and how old they may be.</summary>
    public override string ToString() => FormattableString.Invariant($"rates of the European Central Bank, at most {MaxStaleness.Days} days old");
}
