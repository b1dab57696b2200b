using Billing.Texts;

namespace Billing.Csv;

/// <summary>
/// Escapes within CSV, which databases write in addition to quotes: <c>"say \"hi\""</c>. The CSV library supports quotes or escapes, not both,
/// so a source is masked before it is cut into rows: the escape becomes a byte that UTF-8 never has, and the escaped byte one that separates nothing.
/// A mask is as long as what it masks, so that offsets do not change. Values and kept bytes are unmasked.
/// </summary>
internal static class CsvEscape
{
    private const byte Mark = 0xFF;

    private const byte Masked = 0x80;

    // A line feed right after an escaped carriage return is part of the same line break.
    private const byte LaterLf = 0xFD;

    // Stands for a byte that equals the mark. It is not UTF-8 either, so that its row is refused as before.
    private const byte Stray = 0xFE;

    /// <summary>Masks a text.</summary>
    /// <param name="text">The text, which is changed.</param>
    /// <param name="escape">The escape.</param>
    /// <param name="isFinal">Whether nothing follows.</param>
    /// <param name="afterCr">Whether the text before ended with an escaped carriage return, and whether this one does.</param>
    /// <returns>The number of bytes done: an escape at the end waits for the byte that it escapes.</returns>
    public static int Mask(Span<byte> text, byte escape, bool isFinal, ref bool afterCr)
    {
        int at = 0;
        if (afterCr && text.Length > 0)
        {
            afterCr = false;
            if (text[0] == LineBreaks.Lf)
            {
                text[at++] = LaterLf;
            }
        }

        while (at < text.Length)
        {
            int found = text[at..].IndexOfAny(escape, Mark);
            if (found < 0)
            {
                return text.Length;
            }

            at += found;
            if (text[at] == Mark)
            {
                text[at++] = Stray;
                continue;
            }

            if (at + 1 == text.Length)
            {
                return isFinal ? text.Length : at;
            }

            byte escaped = text[at + 1];
            if (escaped < Masked)
            {
                text[at] = Mark;
                text[at + 1] = (byte)(escaped | Masked);
            }

            at += 2;
            if (escaped == LineBreaks.Cr)
            {
                afterCr = at == text.Length;
                if (!afterCr && text[at] == LineBreaks.Lf)
                {
                    text[at++] = LaterLf;
                }
            }
        }

        return text.Length;
    }

    /// <summary>Whether anything in a text is masked.</summary>
    public static bool IsIn(ReadOnlySpan<byte> text) => text.Contains(Mark);

    /// <summary>Returns the number of masked line breaks in a text.</summary>
    public static int LineBreaksIn(ReadOnlySpan<byte> text)
    {
        int count = 0;
        for (int at = text.IndexOf(Mark); at >= 0 && at + 1 < text.Length;)
        {
            count += (text[at + 1] & ~Masked) is LineBreaks.Cr or LineBreaks.Lf ? 1 : 0;
            int next = text[(at + 2)..].IndexOf(Mark);
            at = next < 0 ? -1 : at + 2 + next;
        }

        return count;
    }

    /// <summary>Returns the text as it was before masking.</summary>
    public static byte[] Unmask(ReadOnlySpan<byte> text, byte escape)
    {
        byte[] whole = text.ToArray();
        for (int at = 0; at < whole.Length; at++)
        {
            if (whole[at] != Mark)
            {
                continue;
            }

            whole[at] = escape;
            if (++at < whole.Length)
            {
                whole[at] &= unchecked((byte)~Masked);
                if (whole[at] == LineBreaks.Cr && at + 1 < whole.Length && whole[at + 1] == LaterLf)
                {
                    whole[++at] = LineBreaks.Lf;
                }
            }
        }

        return whole;
    }

    /// <summary>Returns what a masked value says: n, r, t and 0 mean line feed, carriage return, tab and NUL; every other character means itself. A value of only the escape and N stays, for <see cref="SourceLayout.NullValues"/>.</summary>
    public static ReadOnlySpan<byte> Value(ReadOnlySpan<byte> value, byte escape)
    {
        if (!IsIn(value))
        {
            return value;
        }

        byte[] whole = Unmask(value, escape);
        if (value.Length == 2 && whole[1] == (byte)'N')
        {
            return whole;
        }

        int length = 0;
        for (int at = 0; at < value.Length; at++)
        {
            bool escaped = value[at] == Mark && at + 1 < value.Length;
            at += escaped ? 1 : 0;
            whole[length++] = !escaped ? whole[at] : whole[at] switch
            {
                (byte)'n' => LineBreaks.Lf,
                (byte)'r' => LineBreaks.Cr,
                (byte)'t' => (byte)'\t',
                (byte)'0' => (byte)0,
                byte itself => itself,
            };
        }

        return whole.AsSpan(0, length);
    }
}
