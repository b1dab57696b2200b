using System.Globalization;

namespace Billing.Fingerprints;

/// <summary>Writes amounts as canonical forms have them: no exponent, no grouping, no zero that says nothing.</summary>
internal static class CanonicalAmount
{
    private const int LargestSmallScale = 18;

    /// <summary>Writes an amount.</summary>
    /// <param name="text">Receives the amount; 32 bytes are enough.</param>
    /// <returns>The number of bytes.</returns>
    public static int Format(decimal amount, Span<byte> text)
    {
        Span<int> bits = stackalloc int[4];
        _ = decimal.GetBits(amount, bits);
        ulong digits = ((ulong)(uint)bits[1] << 32) | (uint)bits[0];
        if (bits[2] == 0 && amount.Scale <= LargestSmallScale)
        {
            return FormatSmall(digits, amount.Scale, isNegative: bits[3] < 0, text);
        }

        _ = amount.TryFormat(text, out int length, default, CultureInfo.InvariantCulture);
        text = text[..length];
        if (amount.Scale > 0)
        {
            length = text.TrimEnd((byte)'0').TrimEnd((byte)'.').Length;
        }

        // A decimal keeps the sign of a zero, which says nothing.
        return amount == 0m ? FormatSmall(0, 0, isNegative: false, text) : length;
    }

    // Nearly every amount has digits that fit in 64 bits.
    private static int FormatSmall(ulong digits, int scale, bool isNegative, Span<byte> text)
    {
        while (scale > 0 && digits % 10 == 0)
        {
            digits /= 10;
            scale--;
        }

        int start = isNegative && digits > 0 ? 1 : 0;
        text[0] = (byte)'-';
        Span<byte> plain = stackalloc byte[20];
        _ = digits.TryFormat(plain, out int count, default, CultureInfo.InvariantCulture);
        int whole = Math.Max(0, count - scale);
        if (whole == 0)
        {
            text[start++] = (byte)'0';
        }

        plain[..whole].CopyTo(text[start..]);
        start += whole;
        if (scale == 0)
        {
            return start;
        }

        text[start++] = (byte)'.';
        text.Slice(start, scale).Fill((byte)'0');
        start += scale;
        plain[whole..count].CopyTo(text[(start - (count - whole))..]);
        return start;
    }
}
