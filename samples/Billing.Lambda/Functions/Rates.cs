namespace Billing.Lambda.Functions;

/// <summary>The exchange rates of the settings. There is no default: amounts would be converted at somebody else's rates.</summary>
internal static class Rates
{
    private const string Variable = "BILLING_RATES";

    /// <summary><c>BILLING_RATES</c>: what one unit of each currency is in the reporting currency.</summary>
    /// <param name="services">The settings.</param>
    /// <param name="reporting">The reporting currency.</param>
    /// <param name="needed">Currencies that must have a rate.</param>
    /// <exception cref="BillingConfigurationException">The variable is not set, cannot be used, or lacks a currency that is needed.</exception>
    public static FixedRates Of(FunctionServices services, string reporting = "USD", params ReadOnlySpan<string> needed)
    {
        string text = services.Settings.Required(Variable, $"the exchange rates to {reporting}, such as CAD=0.75,MXN=0.059; to {reporting}=1 where no other currency occurs");
        FixedRates rates = services.Settings.Parsed(Variable, text, pairs => FixedRates.Parse(pairs, reporting));
        foreach (string code in needed)
        {
            if (!rates.TryGetRate(Currency.Parse(code), Currency.Parse(reporting), DateOnly.MinValue, out _))
            {
                throw new BillingConfigurationException($"The variable {Variable} is '{text}', which has no rate for {code}. Add {code}=RATE: what 1 {code} is in {reporting}.");
            }
        }

        return rates;
    }

    /// <summary><c>BILLING_REPORTING_CURRENCY</c>, USD by default.</summary>
    public static string ReportingCurrency(FunctionServices services) => services.Settings.Text("BILLING_REPORTING_CURRENCY", "USD").ToUpperInvariant();
}
