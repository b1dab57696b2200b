using System.Text;

namespace Billing.Parsing;

/// <summary>What the parsers share about text in UTF-8.</summary>
internal static class Utf8Text
{
    private const int ExcerptLength = 40;

    private static ReadOnlySpan<byte> NoBreakSpace => "\u00A0"u8;

    private static ReadOnlySpan<byte> NarrowNoBreakSpace => "\u202F"u8;

    /// <summary>Without the spaces, tabs, line breaks and no-break spaces around it.</summary>
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> utf8)
    {
        while (utf8.Length > 0 && LeadingSpace(utf8) is > 0 and int size)
        {
            utf8 = utf8[size..];
        }

        while (utf8.Length > 0 && TrailingSpace(utf8) is > 0 and int size)
        {
            utf8 = utf8[..^size];
        }

        return utf8;
    }

    /// <summary>The bytes of the space that <paramref name="utf8"/> begins with; 0 when it begins with none.</summary>
    public static int LeadingSpace(ReadOnlySpan<byte> utf8) => utf8[0] switch
    {
        (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' => 1,
        < 0x80 => 0,
        _ when utf8.StartsWith(NoBreakSpace) => NoBreakSpace.Length,
        _ when utf8.StartsWith(NarrowNoBreakSpace) => NarrowNoBreakSpace.Length,
        _ => 0,
    };

    /// <summary>The text in quotes for a message, at most 40 characters of it, control characters made visible.</summary>
    public static string Excerpt(ReadOnlySpan<byte> utf8)
    {
        // Four bytes hold any character, so no more than that need decoding.
        bool cut = utf8.Length > ExcerptLength * 4;
        string text = Encoding.UTF8.GetString(cut ? utf8[..(ExcerptLength * 4)] : utf8);
        StringBuilder excerpt = new("'", ExcerptLength + 5);
        int count = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (count++ == ExcerptLength)
            {
                cut = true;
                break;
            }

            excerpt.Append(Rune.IsControl(rune) ? "\uFFFD" : rune.ToString());
        }

        return excerpt.Append(cut ? "...'" : "'").ToString();
    }

    private static int TrailingSpace(ReadOnlySpan<byte> utf8) => utf8[^1] switch
    {
        (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' => 1,
        < 0x80 => 0,
        _ when utf8.EndsWith(NoBreakSpace) => NoBreakSpace.Length,
        _ when utf8.EndsWith(NarrowNoBreakSpace) => NarrowNoBreakSpace.Length,
        _ => 0,
    };
}
