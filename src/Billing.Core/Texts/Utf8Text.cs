using System.Text;

namespace Billing.Texts;

/// <summary>What the parsers share for text in UTF-8.</summary>
internal static class Utf8Text
{
    // More than an excerpt shows, whatever the characters.
    private const int MaxQuotedBytes = 256;

    private static ReadOnlySpan<byte> NoBreakSpace => "\u00A0"u8;

    private static ReadOnlySpan<byte> NarrowNoBreakSpace => "\u202F"u8;

    /// <summary>Returns the text without the spaces (including no-break and thin ones), tabs and line breaks around it.</summary>
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

    /// <summary>Returns the length in bytes of the space at the start of <paramref name="utf8"/>; 0 if there is none.</summary>
    public static int LeadingSpace(ReadOnlySpan<byte> utf8) => utf8[0] switch
    {
        (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' => 1,
        < 0x80 => 0,
        _ when utf8.StartsWith(NoBreakSpace) => NoBreakSpace.Length,
        _ when utf8.StartsWith(NarrowNoBreakSpace) => NarrowNoBreakSpace.Length,
        _ when utf8.Length >= 3 && IsThinSpace(utf8[..3]) => 3,
        _ => 0,
    };

    /// <summary>Returns the text in quotes for a message, shortened by <see cref="Excerpt"/>.</summary>
    public static string Quote(ReadOnlySpan<byte> utf8) => $"'{Excerpt.Of(Encoding.UTF8.GetString(utf8[..Math.Min(utf8.Length, MaxQuotedBytes)]))}'";

    private static int TrailingSpace(ReadOnlySpan<byte> utf8) => utf8[^1] switch
    {
        (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' => 1,
        < 0x80 => 0,
        _ when utf8.EndsWith(NoBreakSpace) => NoBreakSpace.Length,
        _ when utf8.EndsWith(NarrowNoBreakSpace) => NarrowNoBreakSpace.Length,
        _ when utf8.Length >= 3 && IsThinSpace(utf8[^3..]) => 3,
        _ => 0,
    };

    // U+2007 to U+200A: figure, punctuation, thin and hair space.
    private static bool IsThinSpace(ReadOnlySpan<byte> utf8) => utf8[0] == 0xE2 && utf8[1] == 0x80 && utf8[2] is >= 0x87 and <= 0x8A;
}
