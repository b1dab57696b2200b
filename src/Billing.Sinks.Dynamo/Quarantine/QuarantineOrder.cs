using System.Globalization;
using System.Text;

namespace Billing.Sinks.Dynamo.Quarantine;

/// <summary>Positions in the quarantine as text that sorts by source, then byte offset, then key.</summary>
internal static class QuarantineOrder
{
    // The range key of an index holds 1024 bytes. Longer names are sorted by their start only.
    private const int MaxNameSize = 900;
    private const string End = "\0";

    /// <summary>Returns the text of a position.</summary>
    public static string Of(QuarantinePosition position) =>
        string.Create(CultureInfo.InvariantCulture, $"{Escape(position.Source)}{End}{position.ByteOffset:D19}#{position.Key}");

    /// <summary>Returns the limits between which the positions of one source lie.</summary>
    public static (string First, string Last) RangeOf(string source) => (Escape(source) + End, Escape(source) + End + "~");

    // The end must sort before every character that can follow it in a longer name.
    private static string Escape(string source)
    {
        string escaped = source.Replace("\u0001", "\u0001\u0002", StringComparison.Ordinal).Replace(End, "\u0001\u0001", StringComparison.Ordinal);
        if (Encoding.UTF8.GetByteCount(escaped) <= MaxNameSize)
        {
            return escaped;
        }

        StringBuilder cut = new();
        int size = 0;
        foreach (Rune rune in escaped.EnumerateRunes())
        {
            size += rune.Utf8SequenceLength;
            if (size > MaxNameSize)
            {
                break;
            }

            cut.Append(rune);
        }

        return cut.ToString();
    }
}
