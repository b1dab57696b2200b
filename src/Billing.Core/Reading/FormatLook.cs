namespace Billing.Reading;

/// <summary>Distinguishes JSON from CSV by the first bytes of a source.</summary>
internal static class FormatLook
{
    /// <summary>Whether a source with this beginning is JSON; never if the layout sets a CSV separator or escape.</summary>
    public static bool IsJson(ReadOnlySpan<byte> head, SourceLayout layout)
    {
        int first = head.IndexOfAnyExcept(" \t\r\n"u8);
        if (layout.Separator is not null || layout.Escape is not null || first < 0 || head[first] is not ((byte)'{' or (byte)'['))
        {
            return false;
        }

        int inner = head[(first + 1)..].IndexOfAnyExcept(" \t\r\n"u8);
        byte next = inner < 0 ? default : head[first + 1 + inner];
        if (head[first] == (byte)'{')
        {
            return inner < 0 || next is (byte)'"' or (byte)'}' || !IsBracedName(head[first..]);
        }

        // [Date],[Amount] is a CSV header: an array of records holds objects.
        return inner < 0 || next is (byte)'{' or (byte)']';
    }

    /// <summary>Whether a text begins like {Date},{Amount}: such braces are around a header name, not around a broken object.</summary>
    private static bool IsBracedName(ReadOnlySpan<byte> text)
    {
        int end = text.IndexOfAny("}:\r\n"u8);
        return end > 0 && text[end] == (byte)'}' && end + 1 < text.Length && text[end + 1] is (byte)',' or (byte)';' or (byte)'\t' or (byte)'|';
    }
}
