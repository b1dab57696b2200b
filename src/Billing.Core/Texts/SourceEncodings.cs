using System.Text;

namespace Billing.Texts;

/// <summary>Finds out how a source is encoded, from its byte order mark, its first bytes and its layout.</summary>
internal static class SourceEncodings
{
    private const int BytesLookedAt = 256;

    // Wide Latin text: this many characters in a row are enough, and fewer could be a binary field.
    private const int LeastWideCharacters = 2;

    // .NET's own replacement is a question mark, which would pass for text.
    private static readonly DecoderReplacementFallback s_toReplacement = new("\uFFFD");

    /// <summary>Returns the encoding that a byte order mark names, and the length of the mark in bytes; null and 0 without a mark.</summary>
    public static (Encoding? Encoding, int MarkBytes) FromByteOrderMark(ReadOnlySpan<byte> start) => start switch
    {
        [0xef, 0xbb, 0xbf, ..] => (Encoding.UTF8, 3),
        [0xff, 0xfe, 0, 0, ..] => (Create("utf-32"), 4),
        [0, 0, 0xfe, 0xff, ..] => (Create("utf-32BE"), 4),
        [0xff, 0xfe, ..] => (Create("utf-16"), 2),
        [0xfe, 0xff, ..] => (Create("utf-16BE"), 2),
        _ => (null, 0),
    };

    /// <summary>Returns the encoding with an IANA name.</summary>
    /// <exception cref="BillingConfigurationException">There is none.</exception>
    public static Encoding FromName(string name, string layoutName)
    {
        try
        {
            return Create(name.Trim());
        }
        catch (Exception unknown) when (unknown is ArgumentException or NotSupportedException)
        {
            throw new BillingConfigurationException(
                $"{layoutName}: '{name}' is not an encoding. Use an IANA name, such as utf-8, windows-1252, iso-8859-1 or utf-16.", unknown);
        }
    }

    /// <summary>Whether there is an encoding with that IANA name.</summary>
    public static bool IsKnown(string name)
    {
        try
        {
            Create(name.Trim());
            return true;
        }
        catch (Exception unknown) when (unknown is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    /// <summary>Whether text is already UTF-8, so that nothing has to be transcoded.</summary>
    public static bool IsUtf8(Encoding encoding) => encoding.CodePage == Encoding.UTF8.CodePage;

    /// <summary>Returns the name of the UTF-16 encoding that <paramref name="start"/> seems to have without a byte order mark (every other byte is NUL), or null.</summary>
    public static string? Utf16WithoutMark(ReadOnlySpan<byte> start)
    {
        start = start[..(Math.Min(start.Length, BytesLookedAt) & ~1)];
        if (start.Length < 2 * LeastWideCharacters)
        {
            return null;
        }

        bool little = true;
        bool big = true;
        for (int i = 0; i < start.Length; i += 2)
        {
            little &= start[i] != 0 && start[i + 1] == 0;
            big &= start[i] == 0 && start[i + 1] != 0;
        }

        return little ? "utf-16" : big ? "utf-16BE" : null;
    }

    /// <summary>Returns the kind of file that begins with <paramref name="start"/> and is not text, with the remedy; null if it may be text.</summary>
    public static string? NoText(ReadOnlySpan<byte> start) => start switch
    {
        [0x50, 0x4b, 3, 4, ..] => "is a zip archive or an Excel workbook. Unpack it, or save the sheet as CSV UTF-8.",
        [0xd0, 0xcf, 0x11, 0xe0, ..] => "is an old Excel workbook. Save the sheet as CSV UTF-8.",
        [0x25, 0x50, 0x44, 0x46, 0x2d, ..] => "is a PDF. Ask the sender for CSV or JSON.",
        [0x1f, 0x8b, ..] => "is gzip within gzip. Unpack it once.",
        _ => null,
    };

    private static Encoding Create(string name) =>
        CodePagesEncodingProvider.Instance.GetEncoding(name, EncoderFallback.ReplacementFallback, s_toReplacement)
        ?? Encoding.GetEncoding(name, EncoderFallback.ReplacementFallback, s_toReplacement);
}
