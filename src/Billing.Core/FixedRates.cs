using System.Diagnostics.CodeAnalysis;
using Billing.Currencies;

namespace Billing;

/// <summary>
/// A table of rates that are the same for every day. The rate of a pair is the first of these that exists: the rate in the table; the inverse of the opposite pair in the table;
/// the cross rate through the one currency that the table quotes both in (or quotes in both). Inverse and cross rates keep the table's own
/// numbers as numerator and denominator, so nothing is rounded. If two currencies could be crossed through more than one other currency, there is no rate: give the pair.
/// </summary>
public sealed class FixedRates : IExchangeRates, IKeptRates
{
    private readonly FixedRateTable _table;

    private FixedRates(FixedRateTable table) => _table = table;

    /// <summary>The currency codes of the table, for messages.</summary>
    internal string Codes => string.Join(", ", _table.Currencies);

    /// <summary>Whether the table has a rate from or to the currency.</summary>
    internal bool Knows(Currency currency) => _table.Currencies.Contains(currency);

    internal static FixedRates FromTable(FixedRateTable table) => new(table);

    /// <summary>Creates rates in code: 1 unit of each key is that many units of <paramref name="quote"/>.</summary>
    /// <param name="rates">ISO 4217 codes with their rates. <paramref name="quote"/> itself may be among them, with the rate 1.</param>
    /// <param name="quote">The currency that the rates are in.</param>
    /// <param name="source">The source of the rates; stored with every converted record.</param>
    /// <exception cref="BillingConfigurationException">There is no rate, a code is unknown or named twice, or a rate is zero or negative.</exception>
    public static FixedRates Create(IReadOnlyDictionary<string, decimal> rates, string quote = "USD", string source = "fixed")
    {
        ArgumentNullException.ThrowIfNull(rates);
        ArgumentNullException.ThrowIfNull(quote);
        ArgumentNullException.ThrowIfNull(source);
        BillingConfigurationException.ThrowUnless(!string.IsNullOrWhiteSpace(source), nameof(FixedRates), nameof(source), source, "who said so, such as treasury");
        return new FixedRates(FixedRatesText.FromDictionary(rates, quote, source));
    }

    /// <summary>Reads rates from text, such as <c>CAD=0.75, MXN=0.059</c>: 1 CAD is 0.75 of <paramref name="quote"/>.</summary>
    /// <param name="text">Pairs separated by commas; the decimal mark is a point.</param>
    /// <param name="quote">The currency that the rates are in.</param>
    /// <param name="source">The source of the rates; stored with every converted record.</param>
    /// <exception cref="BillingConfigurationException">The text does not have that format, a code is unknown or named twice, or a rate is zero or negative.</exception>
    public static FixedRates Parse(string text, string quote = "USD", string source = "fixed")
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(quote);
        ArgumentNullException.ThrowIfNull(source);
        BillingConfigurationException.ThrowUnless(!string.IsNullOrWhiteSpace(source), nameof(FixedRates), nameof(source), source, "who said so, such as treasury");
        return new FixedRates(FixedRatesText.FromPairs(text, quote, source));
    }

    /// <summary>
    /// Reads rates from a file: JSON (<c>{"quote":"USD","date":"2025-06-30","source":"treasury","rates":{"CAD":"0.75"}}</c>, date and source optional),
    /// or CSV with the columns <c>base,quote,rate</c> and optionally <c>date,source</c>. If no source is given, it is the file name.
    /// </summary>
    /// <param name="path">The file. It is JSON if it begins with <c>{</c> or a comment, otherwise CSV with commas.</param>
    /// <exception cref="BillingConfigurationException">The file cannot be read or is wrong; the message names file and line.</exception>
    public static FixedRates Load(string path) => new(FixedRatesFile.Read(path));

    string IKeptRates.Keep() => _table.ToCsv();

    /// <inheritdoc/>
    /// <remarks>The rate is the same for every <paramref name="date"/>. From a currency to itself it is 1, from the source <c>same currency</c>.</remarks>
    public bool TryGetRate(Currency from, Currency to, DateOnly date, [NotNullWhen(true)] out ExchangeRate? rate)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        rate = _table.Find(from, to);
        return rate is not null;
    }

    /// <summary>The codes of the table.</summary>
    public override string ToString() => $"fixed rates of {Codes}";
}
