namespace Billing.Currencies;

/// <summary>What rate tables and rate files say of the same mistakes.</summary>
internal static class RateFaults
{
    public static string UnknownCurrency(string code) =>
        $"'{code}' is not a currency of ISO 4217. Use the alphabetic code, such as USD, EUR or JPY.";

    public static string BadRate(string text) =>
        $"'{text}' is no rate. Write a number of at most 28 digits with a point for decimals, such as 0.75.";

    public static string BadDate(string text) =>
        $"'{text}' is no date. Write it as yyyy-MM-dd, such as 2025-06-30.";
}
