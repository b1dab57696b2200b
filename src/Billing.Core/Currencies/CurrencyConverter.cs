using System.Numerics;

namespace Billing.Currencies;

/// <summary>Converts amounts to the reporting currency: multiplies exactly, and rounds once, at the end.</summary>
internal static class CurrencyConverter
{
    private const int MaxDecimals = 28;

    private static readonly UInt128[] PowersOfTen = Powers();

    // The largest number with 28 significant digits.
    private static readonly UInt128 MaxUnits = PowersOfTen[28] - 1;

    /// <summary>Computes amount x numerator / denominator exactly, then rounds it to <paramref name="decimals"/>, which is also the scale of the result.</summary>
    /// <param name="decimals">0 to 28.</param>
    /// <returns>Whether the result has at most 28 significant digits, including its <paramref name="decimals"/>.</returns>
    public static bool TryConvert(decimal amount, ExchangeRate rate, int decimals, MidpointRounding rounding, out decimal converted)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(decimals);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(decimals, MaxDecimals);

        UInt128 amountUnits = Units(amount, out int amountScale);
        UInt128 numeratorUnits = Units(rate.Numerator, out int numeratorScale);
        UInt128 denominatorUnits = Units(rate.Denominator, out int denominatorScale);
        bool negative = amount < 0m;

        // In units of the last decimal the result is amount x numerator x 10^shift / denominator, all whole numbers.
        int shift = decimals + denominatorScale - amountScale - numeratorScale;
        UInt128 dividend = amountUnits;
        UInt128 divisor = denominatorUnits;
        bool fits = TryMultiply(ref dividend, numeratorUnits)
            && TryMultiplyByPowerOfTen(ref dividend, shift)
            && TryMultiplyByPowerOfTen(ref divisor, -shift);

        UInt128 units;
        bool small = fits
            ? TryDivide(dividend, divisor, negative, rounding, out units)
            : TryDivideWide(amountUnits, numeratorUnits, denominatorUnits, shift, negative, rounding, out units);
        if (!small)
        {
            converted = 0m;
            return false;
        }

        converted = new decimal((int)(uint)units, (int)(uint)(units >> 32), (int)(uint)(units >> 64), negative && units != UInt128.Zero, (byte)decimals);
        return true;
    }

    /// <summary>Returns the digits of a number, without its sign and its point.</summary>
    internal static UInt128 Units(decimal value, out int scale)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        scale = value.Scale;
        return new UInt128((uint)bits[2], ((ulong)(uint)bits[1] << 32) | (uint)bits[0]);
    }

    private static bool TryMultiply(ref UInt128 product, UInt128 factor)
    {
        if (BitLength(product) + BitLength(factor) > 128)
        {
            return false;
        }

        product *= factor;
        return true;
    }

    private static bool TryMultiplyByPowerOfTen(ref UInt128 product, int exponent) =>
        exponent <= 0 || (exponent < PowersOfTen.Length && TryMultiply(ref product, PowersOfTen[exponent]));

    private static int BitLength(UInt128 value) => 128 - (int)UInt128.LeadingZeroCount(value);

    private static bool TryDivide(UInt128 dividend, UInt128 divisor, bool negative, MidpointRounding rounding, out UInt128 units)
    {
        UInt128 remainder;
        if (dividend <= ulong.MaxValue && divisor <= ulong.MaxValue)
        {
            (ulong quotient, ulong rest) = Math.DivRem((ulong)dividend, (ulong)divisor);
            (units, remainder) = (quotient, rest);
        }
        else
        {
            (units, remainder) = UInt128.DivRem(dividend, divisor);
        }

        if (remainder != UInt128.Zero
            && RoundsAway(remainder.CompareTo(divisor - remainder), UInt128.IsOddInteger(units), negative, rounding))
        {
            units++;
        }

        return units <= MaxUnits;
    }

    private static bool TryDivideWide(UInt128 amount, UInt128 numerator, UInt128 denominator, int shift, bool negative, MidpointRounding rounding, out UInt128 units)
    {
        BigInteger dividend = (BigInteger)amount * numerator;
        BigInteger divisor = denominator;
        if (shift >= 0)
        {
            dividend *= BigInteger.Pow(10, shift);
        }
        else
        {
            divisor *= BigInteger.Pow(10, -shift);
        }

        (BigInteger quotient, BigInteger remainder) = BigInteger.DivRem(dividend, divisor);
        if (!remainder.IsZero
            && RoundsAway(remainder.CompareTo(divisor - remainder), !quotient.IsEven, negative, rounding))
        {
            quotient++;
        }

        bool small = quotient <= MaxUnits;
        units = small ? (UInt128)quotient : UInt128.Zero;
        return small;
    }

    /// <summary>Whether a quotient with a remainder is rounded away from zero.</summary>
    /// <param name="half">The remainder compared with half of the divisor: below, equal to or above zero.</param>
    private static bool RoundsAway(int half, bool odd, bool negative, MidpointRounding rounding) => rounding switch
    {
        MidpointRounding.ToEven => half > 0 || (half == 0 && odd),
        MidpointRounding.AwayFromZero => half >= 0,
        MidpointRounding.ToZero => false,
        MidpointRounding.ToNegativeInfinity => negative,
        MidpointRounding.ToPositiveInfinity => !negative,
        _ => throw new ArgumentOutOfRangeException(nameof(rounding), rounding, "This is not a rounding mode."),
    };

    private static UInt128[] Powers()
    {
        UInt128[] powers = new UInt128[39];
        powers[0] = UInt128.One;
        for (int i = 1; i < powers.Length; i++)
        {
            powers[i] = powers[i - 1] * 10;
        }

        return powers;
    }
}
