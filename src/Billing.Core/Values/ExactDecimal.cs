using System.Globalization;
using System.Numerics;

namespace Billing.Values;

/// <summary>Reads the numbers of settings files and of code, exactly or not at all. (decimal.Parse rounds what it cannot hold.)</summary>
internal static class ExactDecimal
{
    private const int MaxDigits = 28;

    // Far longer than any number that fits, far shorter than one that would be slow to read.
    private const int MaxLength = 100;

    private static readonly BigInteger Limit = BigInteger.Pow(10, MaxDigits);

    /// <summary>Reads <c>-12.50</c>, or <c>1.25e3</c> as in JSON: no spaces, no grouping, a decimal point. Keeps the scale if it fits.</summary>
    /// <returns>Whether the text is a number of at most 28 significant digits.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out decimal value)
    {
        value = 0m;
        if (text.Length is 0 or > MaxLength)
        {
            return false;
        }

        bool negative = text[0] == '-';
        ReadOnlySpan<char> rest = negative ? text[1..] : text;
        int exponent = 0;
        int e = rest.IndexOfAny('e', 'E');
        if (e >= 0)
        {
            if (!int.TryParse(rest[(e + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent) || exponent is < -MaxLength or > MaxLength)
            {
                return false;
            }

            rest = rest[..e];
        }

        int point = rest.IndexOf('.');
        ReadOnlySpan<char> whole = point < 0 ? rest : rest[..point];
        ReadOnlySpan<char> fraction = point < 0 ? [] : rest[(point + 1)..];
        if (!AreDigits(whole) || (point >= 0 && !AreDigits(fraction)))
        {
            return false;
        }

        if (e < 0 && whole.Length + fraction.Length <= MaxDigits)
        {
            // So few digits are never rounded.
            value = decimal.Parse(rest, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
            value = negative && value != 0m ? -value : value;
            return true;
        }

        BigInteger digits = BigInteger.Parse(string.Concat(whole, fraction), NumberStyles.None, CultureInfo.InvariantCulture);
        return TryCompose(digits, fraction.Length - exponent, negative, out value);
    }

    private static bool AreDigits(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExceptInRange('0', '9');

    private static bool TryCompose(BigInteger digits, int scale, bool negative, out decimal value)
    {
        value = 0m;
        if (scale < 0)
        {
            digits *= BigInteger.Pow(10, -scale);
            scale = 0;
        }

        while (scale > 0 && (scale > MaxDigits || digits >= Limit))
        {
            (digits, BigInteger last) = BigInteger.DivRem(digits, 10);
            if (!last.IsZero)
            {
                return false;
            }

            scale--;
        }

        if (digits >= Limit)
        {
            return false;
        }

        UInt128 units = (UInt128)digits;
        value = new decimal((int)(uint)units, (int)(uint)(units >> 32), (int)(uint)(units >> 64), negative && !digits.IsZero, (byte)scale);
        return true;
    }
}
