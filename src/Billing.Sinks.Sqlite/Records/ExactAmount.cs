using System.Globalization;
using System.Text;

namespace Billing.Sinks.Sqlite.Records;

/// <summary>An amount as a whole number over a power of ten.</summary>
internal readonly record struct ExactAmount(Int128 Unscaled, int Scale)
{
    // So many digits always fit in a long.
    private const int ShortText = 18;

    /// <summary>Reads an amount, as text in UTF-8.</summary>
    /// <exception cref="BillingException">The text is not a plain decimal number: another program wrote it.</exception>
    public static ExactAmount Parse(ReadOnlySpan<byte> text)
    {
        bool isNegative = text is [(byte)'-', ..];
        ReadOnlySpan<byte> digits = isNegative ? text[1..] : text;
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
                return ParseAny(text);
            }
        }

        return digits.Length is > 0 and <= ShortText
            ? new ExactAmount(isNegative ? -unscaled : unscaled, point < 0 ? 0 : digits.Length - point - 1)
            : ParseAny(text);
    }

    private static ExactAmount ParseAny(ReadOnlySpan<byte> text)
    {
        if (!decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal value))
        {
            throw new BillingException($"A record of the SQLite database has '{Encoding.UTF8.GetString(text)}' as an amount, which is no number and was not written by this package. Nothing was added up. Correct the column amount or reporting_amount of that record, or restore the file.");
        }

        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        Int128 unscaled = new((uint)bits[2], ((ulong)(uint)bits[1] << 32) | (uint)bits[0]);
        return new ExactAmount(bits[3] < 0 ? -unscaled : unscaled, value.Scale);
    }
}
