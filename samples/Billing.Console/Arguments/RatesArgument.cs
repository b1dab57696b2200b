namespace Billing.Console.Arguments;

/// <summary>Reads <c>--rates</c>: a file, <c>CAD=0.75,MXN=0.059</c>, or <c>ecb:FILE</c>.</summary>
internal static class RatesArgument
{
    private const string Ecb = "ecb:";

    /// <param name="text">The argument.</param>
    /// <param name="reportingCurrency">What rates in the argument itself are quoted in.</param>
    /// <exception cref="UsageException">There is no such file.</exception>
    /// <exception cref="BillingConfigurationException">The rates are wrong.</exception>
    public static IExchangeRates Parse(string text, string reportingCurrency)
    {
        if (text.StartsWith(Ecb, StringComparison.Ordinal))
        {
            return EcbRates.Load(Existing(text[Ecb.Length..]));
        }

        return !File.Exists(text) && text.Contains('=', StringComparison.Ordinal)
            ? FixedRates.Parse(text, reportingCurrency, "--rates")
            : FixedRates.Load(Existing(text));
    }

    private static string Existing(string path) => File.Exists(path)
        ? path
        : throw new UsageException($"--rates: there is no file '{path}'. Name a file, write rates such as CAD=0.75,MXN=0.059, or ecb: and the file of the European Central Bank.");
}
