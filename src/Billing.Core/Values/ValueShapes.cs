using Billing.Texts;

namespace Billing.Values;

/// <summary>Tells by one look what a value is: cheaper than reading it, and without a layout.</summary>
internal static class ValueShapes
{
    private const int MostLetters = 3;

    /// <summary>Returns the shape. Digits in three groups, as of 2.6.2025 or 2025-06-02, are a date; a date with the name of its month is a text.</summary>
    public static ValueShape Of(ReadOnlySpan<byte> utf8)
    {
        ReadOnlySpan<byte> text = Utf8Text.Trim(utf8);
        return text.IsEmpty ? ValueShape.Blank
            : IsDate(text) ? ValueShape.Date
            : IsNumber(text) ? ValueShape.Number
            : ValueShape.Text;
    }

    private static bool IsDate(ReadOnlySpan<byte> text)
    {
        int end = text.IndexOfAny((byte)' ', (byte)'T');
        ReadOnlySpan<byte> date = end < 0 ? text : text[..end];
        int first = date.IndexOfAny((byte)'-', (byte)'/', (byte)'.');
        if (first <= 0)
        {
            return false;
        }

        byte mark = date[first];
        ReadOnlySpan<byte> rest = date[(first + 1)..];
        int second = rest.IndexOf(mark);
        if (second <= 0)
        {
            return false;
        }

        ReadOnlySpan<byte> last = rest[(second + 1)..];
        last = last.EndsWith("."u8) ? last[..^1] : last;
        return IsPart(date[..first]) && IsPart(rest[..second]) && IsPart(last) && first + second + last.Length is >= 3 and <= 8
            && (end < 0 || text[end..].ContainsAnyInRange((byte)'0', (byte)'9'));
    }

    private static bool IsPart(ReadOnlySpan<byte> digits) => digits.Length is 1 or 2 or 4 && !digits.ContainsAnyExceptInRange((byte)'0', (byte)'9');

    private static bool IsNumber(ReadOnlySpan<byte> text)
    {
        int digits = 0;
        int letters = 0;
        for (int i = 0; i < text.Length; i++)
        {
            byte c = text[i];
            if (c is >= (byte)'0' and <= (byte)'9')
            {
                digits++;
            }
            else if ((c | 0x20) is >= (byte)'a' and <= (byte)'z')
            {
                letters++;
            }
            else if (c is (byte)'-' or (byte)'+' && i > 0 && i < text.Length - 1 && digits > 0)
            {
                return false;
            }
            else if (c < 0x80 && !".,'-+()% $"u8.Contains(c))
            {
                return false;
            }
        }

        return digits > 0 && letters <= MostLetters;
    }
}
