using System.Buffers;

namespace Billing.Texts;

/// <summary>Finds and counts line breaks: CR, LF, and CR LF as one.</summary>
internal static class LineBreaks
{
    public const byte Cr = (byte)'\r';

    public const byte Lf = (byte)'\n';

    private static readonly SearchValues<byte> s_any = SearchValues.Create(Cr, Lf);

    /// <summary>Returns the index of the first line break, or -1.</summary>
    public static int IndexIn(ReadOnlySpan<byte> text) => text.IndexOfAny(s_any);

    /// <summary>Returns the index of the first byte that is not part of a line break, or -1.</summary>
    public static int IndexOfOther(ReadOnlySpan<byte> text) => text.IndexOfAnyExcept(s_any);

    /// <summary>Returns the number of line breaks.</summary>
    public static int Count(ReadOnlySpan<byte> text)
    {
        int count = 0;
        for (int at = IndexIn(text); at >= 0; at = IndexIn(text))
        {
            count++;
            text = text[(at + LengthAt(text, at))..];
        }

        return count;
    }

    /// <summary>Returns the length in bytes of the line break at <paramref name="at"/>.</summary>
    public static int LengthAt(ReadOnlySpan<byte> text, int at) =>
        text[at] == Cr && at + 1 < text.Length && text[at + 1] == Lf ? 2 : 1;
}
