using System.Globalization;

namespace Billing.Sinks.Sqlite.Statements;

/// <summary>An amount as a whole number over a power of ten.</summary>
internal readonly record struct ExactAmount(Int128 Unscaled, int Scale)
{
    // So many digits always fit in a long.
    private const int ShortText = 18;

    /// <summary>Reads an amount, as text in UTF-8.</summary>
    /// <returns>Whether the text is a plain decimal number.</returns>
    public static bool TryParse(ReadOnlySpan<byte> text, out ExactAmount amount)
    {
        bool isNegative = text is [(byte)'-', ..];
        ReadOnlySpan<byte> digits = isNegative ? text[1..] : text;
        if (digits.Length > ShortText)
        {
            return TryParseAny(text, out amount);
        }

        long unscaled = 0;
        int point = -1;
        for (int i = 0; i < digits.Length; i++)
        {
            uint digit = (uint)(digits[i] - '0');
            if (digit <= 9)
            {
                unscaled = (unscaled * 10) + digit;
            }
            else if (digits[i] == '.' && point < 0 && i > 0 && i < digits.Length - 1)
            {
                point = i;
            }
            else
            {
                return TryParseAny(text, out amount);
            }
        }

        amount = new ExactAmount(isNegative ? -unscaled : unscaled, point < 0 ? 0 : digits.Length - point - 1);
        return !digits.IsEmpty;
    }

    private static bool TryParseAny(ReadOnlySpan<byte> text, out ExactAmount amount)
    {
        bool isNumber = decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal value);
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        Int128 unscaled = new((uint)bits[2], ((ulong)(uint)bits[1] << 32) | (uint)bits[0]);
        amount = new ExactAmount(bits[3] < 0 ? -unscaled : unscaled, value.Scale);
        return isNumber;
    }
}
