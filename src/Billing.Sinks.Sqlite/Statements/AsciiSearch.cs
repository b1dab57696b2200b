namespace Billing.Sinks.Sqlite.Statements;

/// <summary>Searches for a text in another, both in UTF-8, with ASCII letters in any case. No byte of a longer code point is ASCII, so bytes can be compared.</summary>
internal static class AsciiSearch
{
    private const byte CaseBit = 0x20;

    /// <summary>Whether <paramref name="value"/> contains <paramref name="text"/>.</summary>
    public static bool Contains(ReadOnlySpan<byte> value, ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            return true;
        }

        byte first = text[0];
        byte other = char.IsAsciiLetter((char)first) ? (byte)(first ^ CaseBit) : first;
        while (value.Length >= text.Length)
        {
            int start = value[..(value.Length - text.Length + 1)].IndexOfAny(first, other);
            if (start < 0)
            {
                return false;
            }

            if (Equal(value.Slice(start, text.Length), text))
            {
                return true;
            }

            value = value[(start + 1)..];
        }

        return false;
    }

    private static bool Equal(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        for (int i = 0; i < left.Length; i++)
        {
            if (left[i] != right[i] && ((left[i] ^ right[i]) != CaseBit || !char.IsAsciiLetter((char)left[i])))
            {
                return false;
            }
        }

        return true;
    }
}
