using System.Diagnostics.CodeAnalysis;

namespace Billing;

/// <summary>A table of rates that does not change by day.</summary>
public sealed class FixedRates : IExchangeRates
{
    private FixedRates()
    {
    }

    /// <summary>Rates in code: 1 unit of each key is that many units of <paramref name="quote"/>.</summary>
    /// <exception cref="BillingConfigurationException">A code is unknown, or a rate is zero or negative.</exception>
    public static FixedRates Create(IReadOnlyDictionary<string, decimal> rates, string quote = "USD", string source = "fixed") => throw new NotImplementedException();

    /// <summary>Rates as text, such as <c>CAD=0.75, MXN=0.059</c>: 1 CAD is 0.75 of <paramref name="quote"/>.</summary>
    /// <exception cref="BillingConfigurationException">The text is not of that shape, a code is unknown or named twice, or a rate is zero or negative.</exception>
    public static FixedRates Parse(string text, string quote = "USD", string source = "fixed") => throw new NotImplementedException();

    /// <summary>
    /// Rates from a file: JSON (<c>{"quote":"USD","date":"2025-06-30","source":"treasury","rates":{"CAD":"0.75"}}</c>, date and source optional),
    /// or CSV with the columns <c>base,quote,rate</c> and optionally <c>date,source</c>.
    /// </summary>
    /// <exception cref="BillingConfigurationException">The file cannot be read or is wrong; the message names file and line.</exception>
    public static FixedRates Load(string path) => throw new NotImplementedException();

    /// <inheritdoc/>
    public bool TryGetRate(Currency from, Currency to, DateOnly date, [NotNullWhen(true)] out ExchangeRate? rate) => throw new NotImplementedException();
}
