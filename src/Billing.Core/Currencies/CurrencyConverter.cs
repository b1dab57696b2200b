namespace Billing.Currencies;

/// <summary>States amounts in the reporting currency: multiplies exactly, rounds once, at the end.</summary>
internal static class CurrencyConverter
{
    /// <summary>amount x numerator / denominator, exact, then rounded to <paramref name="decimals"/>.</summary>
    /// <returns>Whether the result has at most 28 significant digits.</returns>
    public static bool TryConvert(decimal amount, ExchangeRate rate, int decimals, MidpointRounding rounding, out decimal converted) =>
        throw new NotImplementedException();
}
