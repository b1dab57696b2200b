namespace Billing.Web.Settings;

/// <summary>Reads the setting <c>Rates</c>: <c>CAD=0.75,MXN=0.059</c>, a file, or <c>ecb:FILE</c>.</summary>
internal static class RatesSetting
{
    private const string Ecb = "ecb:";

    /// <exception cref="BillingConfigurationException">The rates are wrong.</exception>
    public static IExchangeRates Parse(string? text, Currency reporting) => text switch
    {
        null or "" => NoRates.Instance,
        _ when text.StartsWith(Ecb, StringComparison.Ordinal) => EcbRates.Load(Existing(text[Ecb.Length..])),
        _ when !File.Exists(text) && text.Contains('=', StringComparison.Ordinal) => FixedRates.Parse(text, reporting.Code, "settings"),
        _ => FixedRates.Load(Existing(text)),
    };

    private static string Existing(string path) => File.Exists(path)
        ? path
        : throw new BillingConfigurationException($"The setting Rates names the file '{path}', which does not exist. Name a file, write rates such as CAD=0.75,MXN=0.059, or ecb: and the file of the European Central Bank.");
}
