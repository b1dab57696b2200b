using System.Diagnostics.CodeAnalysis;
using Billing.Currencies;

namespace Billing;

/// <summary>
/// The reference rates of the European Central Bank (<c>eurofxref-hist.csv</c> or <c>eurofxref.csv</c>, zipped or not): 1 EUR = r.
/// Other pairs are crossed through the euro, with both legs from the same day. A day without rates uses the last business day before it, at most <see cref="MaxStaleness"/> earlier.
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

    /// <summary>The maximum age of a rate. Default 7 days, which covers Easter and Christmas.</summary>
    public TimeSpan MaxStaleness { get; }

    /// <summary>Reads the file; it is kept in memory (about 5 MB for all days since 1999).</summary>
    /// <param name="path">The CSV file, or the zip file that holds it.</param>
    /// <param name="maxStaleness">The maximum age of a rate, in whole days; null for 7 days. Zero: only the rate of the day itself.</param>
    /// <exception cref="BillingConfigurationException"><paramref name="maxStaleness"/> is negative or not a whole number of days. The file cannot be read or does not have that format; the message names the file and the line.</exception>
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
    /// <see cref="ExchangeRate.Date"/> is the date of the ECB rates that were used, never after <paramref name="date"/>; the source is <c>ECB</c>.
    /// The rate from a currency to itself is 1, from the source <c>same currency</c>.
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
