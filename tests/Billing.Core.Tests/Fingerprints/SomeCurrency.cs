namespace Billing.Core.Tests.Fingerprints;

/// <summary>Currencies without the table of ISO 4217: canonical forms take only the code.</summary>
internal static class SomeCurrency
{
    public static Currency Usd { get; } = Of("USD");

    public static Currency Of(string code) => new(code, 0, 2, code, withdrawnOn: null);
}
