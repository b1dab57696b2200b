using System.Text;
using Billing.Texts;

namespace Billing.Values;

/// <summary>Reads amounts strictly in a given format.</summary>
internal static class AmountParser
{
    private const int MaxPlainDigits = 19;

    /// <summary>
    /// Reads an amount from UTF-8 and ignores spaces around it. Keeps the scale as written (1.50 has two decimals).
    /// <c>.5</c> is an amount, <c>5.</c> is not. A number with group separators must not begin with 0.
    /// </summary>
    /// <returns>Null, or why the text is not an amount: <see cref="QuarantineReason.BadAmount"/>, <see cref="QuarantineReason.AmountOutOfRange"/> or <see cref="QuarantineReason.MissingValue"/>.</returns>
    public static RowFault? Parse(ReadOnlySpan<byte> utf8, NumberFormat format, string column, out decimal amount) =>
        Parse(utf8, format, column, out amount, out _);

    /// <summary>Reads an amount as above, and returns the currency sign, abbreviation or code next to the number; null if there is none.</summary>
    public static RowFault? Parse(ReadOnlySpan<byte> utf8, NumberFormat format, string column, out decimal amount, out string? currencyMark)
    {
        currencyMark = null;
        if (TryParsePlain(utf8, (byte)format.DecimalMark, out amount))
        {
            return null;
        }

        ReadOnlySpan<byte> text = Utf8Text.Trim(AmountText.Bare(Utf8Text.Trim(utf8)));
        if (text.IsEmpty)
        {
            return new RowFault(QuarantineReason.MissingValue, $"Column '{column}' is empty, but an amount is required. Fill it in at the source.");
        }

        AmountScanner scanner = new(text, format);
        AmountScan scan = scanner.Scan(out amount);
        currencyMark = scanner.CurrencyMark.IsEmpty ? null : Encoding.UTF8.GetString(scanner.CurrencyMark);
        return scan switch
        {
            AmountScan.Amount => null,
            AmountScan.OutOfRange => new RowFault(
                QuarantineReason.AmountOutOfRange,
                $"Column '{column}': {Utf8Text.Quote(text)} cannot be stored exactly: an amount has at most 28 significant digits and 28 decimals. It is refused, not rounded. Correct it in the source."),
            _ => new RowFault(
                QuarantineReason.BadAmount,
                $"Column '{column}': {Utf8Text.Quote(text)} is not an amount in the format {Describe(format)}. Set numbers in the layout."),
        };
    }

    // Nearly every amount is an optional minus, digits and one decimal mark: no need to decode, count groups or go beyond 64 bits.
    private static bool TryParsePlain(ReadOnlySpan<byte> text, byte decimalMark, out decimal amount)
    {
        amount = 0;
        bool negative = !text.IsEmpty && text[0] == (byte)'-';
        ulong digits = 0;
        int count = 0;
        int whole = -1;
        for (int i = negative ? 1 : 0; i < text.Length; i++)
        {
            uint digit = (uint)text[i] - '0';
            if (digit <= 9)
            {
                if (++count > MaxPlainDigits)
                {
                    return false;
                }

                digits = (digits * 10) + digit;
            }
            else if (text[i] == decimalMark && whole < 0)
            {
                whole = count;
            }
            else
            {
                return false;
            }
        }

        if (count == 0 || whole == count)
        {
            return false;
        }

        amount = new decimal((int)digits, (int)(digits >> 32), 0, negative && digits != 0, (byte)(whole < 0 ? 0 : count - whole));
        return true;
    }

    private static string Describe(NumberFormat format)
    {
        string group = format.GroupSeparators.Length == 0 ? "" : format.GroupSeparators[..1];
        string grouping = group.Length == 0
            ? "no grouping"
            : "groups of three digits separated by " + string.Join(" or ", format.GroupSeparators.Select(separator => $"'{separator}'"));
        grouping = format.IndianGroups ? grouping.Replace("groups of three digits", "Indian groups", StringComparison.Ordinal) : grouping;
        return $"1{group}234{format.DecimalMark}56 (decimal mark '{format.DecimalMark}', {grouping})";
    }
}
