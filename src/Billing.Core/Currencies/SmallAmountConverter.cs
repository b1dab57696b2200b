using System.Globalization;
using System.Numerics;

namespace Billing.Currencies;

/// <summary>
/// Converts amounts with more decimals than their currency (cloud bills: 0.004 USD) to the reporting currency. Their exact product is kept, so that
/// a thousand of them never become 0.00. Only an endless quotient, which cross and inverse rates can give, is rounded: once, to 28 digits.
/// </summary>
internal static class SmallAmountConverter
{
    private const int MostDigits = 28;

    /// <summary>Computes amount x numerator / denominator, with as many decimals as it needs, and at least <paramref name="fewestDecimals"/>.</summary>
    /// <returns>Whether the result has at most 28 digits.</returns>
    public static bool TryConvert(decimal amount, ExchangeRate rate, int fewestDecimals, MidpointRounding rounding, out decimal converted)
    {
        BigInteger dividend = (BigInteger)CurrencyConverter.Units(amount, out int amountScale) * CurrencyConverter.Units(rate.Numerator, out int numeratorScale);
        BigInteger divisor = CurrencyConverter.Units(rate.Denominator, out int denominatorScale);
        dividend *= BigInteger.Pow(10, denominatorScale);
        divisor *= BigInteger.Pow(10, amountScale + numeratorScale);
        int decimals = Math.Max(fewestDecimals, DecimalsOf(dividend, divisor) ?? MostDigits - WholeDigits(dividend / divisor));
        converted = 0m;
        return decimals <= MostDigits && CurrencyConverter.TryConvert(amount, rate, decimals, rounding, out converted);
    }

    // A fraction in lowest terms ends if its divisor has only the factors two and five; it has as many decimals as the more frequent of the two.
    private static int? DecimalsOf(BigInteger dividend, BigInteger divisor)
    {
        BigInteger rest = divisor / BigInteger.GreatestCommonDivisor(dividend, divisor);
        int decimals = Math.Max(Take(ref rest, 2), Take(ref rest, 5));
        return rest.IsOne ? decimals : null;
    }

    private static int Take(ref BigInteger number, int factor)
    {
        int count = 0;
        for (; (number % factor).IsZero; number /= factor)
        {
            count++;
        }

        return count;
    }

    private static int WholeDigits(BigInteger whole) => whole.IsZero ? 0 : whole.ToString(CultureInfo.InvariantCulture).Length;
}
