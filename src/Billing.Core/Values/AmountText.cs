using System.Text;

namespace Billing.Values;

/// <summary>Removes what spreadsheets and other programs put around an amount without changing its meaning.</summary>
internal static class AmountText
{
    /// <summary>Removes the form <c>="123.45"</c>, with which spreadsheets preserve a text, and invisible marks of direction and width.</summary>
    public static ReadOnlySpan<byte> Bare(ReadOnlySpan<byte> text)
    {
        text = text.Length > 3 && text.StartsWith("=\""u8) && text[^1] == (byte)'"' ? text[2..^1] : text;
        return text.IndexOfAnyInRange((byte)0xE2, (byte)0xEF) < 0 ? text : WithoutMarks(text);
    }

    /// <summary>Whether a number may have three decimals or be thousands: 14.550 and -1.000, but not 0.004 or 1234.567. Such a number has one to three digits, the first not zero, then a point and three more digits.</summary>
    public static bool IsMaybeThousands(ReadOnlySpan<byte> value)
    {
        // A sign or a currency next to the number says nothing about its point.
        int first = value.IndexOfAnyInRange((byte)'0', (byte)'9');
        int last = value.LastIndexOfAnyInRange((byte)'0', (byte)'9');
        if (first < 0)
        {
            return false;
        }

        ReadOnlySpan<byte> text = value[first..(last + 1)];
        int point = text.IndexOf((byte)'.');
        return point is >= 1 and <= 3 && text.Length == point + 4 && text[0] is >= (byte)'1' and <= (byte)'9';
    }

    private static ReadOnlySpan<byte> WithoutMarks(ReadOnlySpan<byte> text)
    {
        byte[]? kept = null;
        int length = 0;
        for (int i = 0; i < text.Length;)
        {
            _ = Rune.DecodeFromUtf8(text[i..], out Rune rune, out int size);
            if (IsMark(rune.Value))
            {
                kept ??= text.ToArray();
            }
            else
            {
                if (kept is not null)
                {
                    text.Slice(i, size).CopyTo(kept.AsSpan(length));
                }

                length += size;
            }

            i += size;
        }

        return kept is null ? text : kept.AsSpan(0, length);
    }

    // Zero-width characters, marks and isolates of direction, the word joiner and the byte order mark.
    private static bool IsMark(int character) =>
        character is (>= 0x200B and <= 0x200F) or (>= 0x202A and <= 0x202E) or (>= 0x2060 and <= 0x2069) or 0xFEFF;
}
