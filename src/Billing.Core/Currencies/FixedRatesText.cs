using Billing.Values;

namespace Billing.Currencies;

/// <summary>Makes fixed rates from values that a program gives.</summary>
internal static class FixedRatesText
{
    /// <exception cref="BillingConfigurationException">A code or a rate is wrong, or there is none.</exception>
    public static FixedRateTable FromDictionary(IReadOnlyDictionary<string, decimal> rates, string quote, string source)
    {
        FixedRateTable table = new();
        Currency to = Quote(quote);
        foreach ((string code, decimal rate) in rates)
        {
            Add(table, code, to, rate, source);
        }

        return rates.Count > 0 ? table : throw Fault("There is no rate. Give at least one.");
    }

    /// <exception cref="BillingConfigurationException">The text does not have the form <c>CAD=0.75, MXN=0.059</c>, or a code or a rate is wrong.</exception>
    public static FixedRateTable FromPairs(string text, string quote, string source)
    {
        FixedRateTable table = new();
        Currency to = Quote(quote);
        foreach (string pair in text.Split(','))
        {
            int equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0)
            {
                throw Fault($"'{pair.Trim()}' does not have the form CODE=rate. Write pairs separated by commas, with a decimal point, such as CAD=0.75, MXN=0.059.");
            }

            string number = pair[(equals + 1)..].Trim();
            if (!ExactDecimal.TryParse(number, out decimal rate))
            {
                throw Fault(RateFaults.BadRate(number));
            }

            Add(table, pair[..equals].Trim(), to, rate, source);
        }

        return table;
    }

    private static Currency Quote(string code) =>
        Currency.TryParse(code, out Currency? quote) ? quote : throw Fault(RateFaults.UnknownCurrency(code));

    private static void Add(FixedRateTable table, string code, Currency quote, decimal rate, string source)
    {
        if (table.Add(code, quote, rate, date: null, source) is { } fault)
        {
            throw Fault(fault);
        }
    }

    private static BillingConfigurationException Fault(string message) => new($"Exchange rates: {message}");
}
