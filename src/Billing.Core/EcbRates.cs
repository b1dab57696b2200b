using System.Diagnostics.CodeAnalysis;

namespace Billing;

/// <summary>
/// The reference rates of the European Central Bank (<c>eurofxref-hist.csv</c> or <c>eurofxref.csv</c>, zipped or not): 1 EUR = r.
/// Other pairs cross through the euro; a day without rates takes the last business day before, at most <see cref="MaxStaleness"/> back.
/// </summary>
public sealed class EcbRates : IExchangeRates
{
    private EcbRates(TimeSpan maxStaleness) => MaxStaleness = maxStaleness;

    /// <summary>How old a rate may be. Default 7 days, over Easter and Christmas.</summary>
    public TimeSpan MaxStaleness { get; }

    /// <summary>Reads the file; it is kept in memory (about 2 MB for all days since 1999).</summary>
    /// <param name="path">The CSV file, or the zip file that holds it.</param>
    /// <param name="maxStaleness">How old a rate may be, in whole days; null for 7 days.</param>
    /// <exception cref="BillingConfigurationException">The file cannot be read or is not of that shape; the message names file and line.</exception>
    public static EcbRates Load(string path, TimeSpan? maxStaleness = null) => throw new NotImplementedException();

    /// <inheritdoc/>
    public bool TryGetRate(Currency from, Currency to, DateOnly date, [NotNullWhen(true)] out ExchangeRate? rate) => throw new NotImplementedException();
}
