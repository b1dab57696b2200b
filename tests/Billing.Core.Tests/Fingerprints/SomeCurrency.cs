namespace Billing.Core.Tests.Fingerprints;

/// <summary>Currencies by any code, of ISO 4217 or not: canonical forms take only the code.</summary>
internal static class SomeCurrency
{
    public static Currency Usd { get; } = Of("USD");

    public static Currency Of(string code) => Currency.TryParse(code, out Currency? currency) ? currency : new(-1, code, 0, 2, code, withdrawnOn: null);
}
