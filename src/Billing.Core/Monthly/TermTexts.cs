using System.Security.Cryptography;
using System.Text;
using Billing.Currencies;

namespace Billing.Monthly;

/// <summary>The rules and rates of a report in a few words.</summary>
internal static class TermTexts
{
    public static string? OfRules(CategoryRules? rules) => rules is null ? null : rules.Json is { } json ? Sha256Of(json) : $"in code: {rules}";

    public static string? OfRates(IExchangeRates? rates) => rates is null ? null : rates is IKeptRates kept ? Sha256Of(kept.Keep()) : $"in code: {rates.GetType().Name}";

    private static string Sha256Of(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
