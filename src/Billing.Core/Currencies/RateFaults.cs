namespace Billing.Currencies;

/// <summary>The messages that rate tables and rate files share.</summary>
internal static class RateFaults
{
    public static string UnknownCurrency(string code) =>
        $"'{code}' is not a currency of ISO 4217. Use the alphabetic code, such as USD, EUR or JPY.";

    public static string BadRate(string text) =>
        $"'{text}' is not a rate. Write a number of at most 28 digits with a decimal point, such as 0.75.";

    public static string BadDate(string text) =>
        $"'{text}' is not a date. Write it as yyyy-MM-dd, such as 2025-06-30.";
}
