namespace Billing.Lambda.Functions;

/// <summary>The exchange rates from the settings. There is no default, because nobody should convert amounts with the rates of somebody else.</summary>
internal static class Rates
{
    private const string Variable = "BILLING_RATES";

    /// <summary>Reads <c>BILLING_RATES</c>: the value of one unit of each currency in the reporting currency.</summary>
    /// <param name="services">The settings.</param>
    /// <param name="reporting">The reporting currency.</param>
    /// <param name="needed">Currencies that must have a rate.</param>
    /// <exception cref="BillingConfigurationException">The variable is not set, cannot be used, or lacks a required currency.</exception>
    public static FixedRates Of(FunctionServices services, string reporting = "USD", params ReadOnlySpan<string> needed)
    {
        string text = services.Settings.Required(Variable, $"the exchange rates to {reporting}, such as CAD=0.75,MXN=0.059; or to {reporting}=1 if no other currency occurs");
        FixedRates rates = services.Settings.Parsed(Variable, text, pairs => FixedRates.Parse(pairs, reporting));
        foreach (string code in needed)
        {
            if (!rates.TryGetRate(Currency.Parse(code), Currency.Parse(reporting), DateOnly.MinValue, out _))
            {
                throw new BillingConfigurationException($"The variable {Variable} is '{text}', which has no rate for {code}. Add {code}=RATE, the value of 1 {code} in {reporting}.");
            }
        }

        return rates;
    }

    /// <summary>Reads <c>BILLING_REPORTING_CURRENCY</c>. Default USD.</summary>
    public static string ReportingCurrency(FunctionServices services) => services.Settings.Text("BILLING_REPORTING_CURRENCY", "USD").ToUpperInvariant();
}
