using System.Text;
using Billing.Texts;
using Billing.Values;

namespace Billing.Csv;

/// <summary>Distinguishes the lines that a layout names as footer, such as totals, from rows.</summary>
/// <param name="words">The words that such lines begin with.</param>
internal sealed class CsvFooter(IEnumerable<string> words, SourceLayout layout, int dateColumn, byte separator)
{
    private const int LongestLook = 256;

    private readonly string[] _words = [.. words.Select(word => word.Trim())];

    /// <summary>Whether there are no words.</summary>
    public bool IsEmpty => _words.Length == 0;

    /// <summary>Whether the first value of a line begins with one of the words, in any case.</summary>
    public bool Names(ReadOnlySpan<byte> line) => Begins(line.TrimStart([separator, (byte)layout.Quote, (byte)' ', (byte)'\t']));

    /// <summary>Whether a named line has nothing where a row has its date. Only then is it skipped: a line that may be a row never is.</summary>
    public bool Holds(CsvRowReader line)
    {
        if (line.StructureFault is { } fault)
        {
            return fault.Reason == QuarantineReason.RaggedRow && !HasDate(line.Raw.Span);
        }

        ReadOnlySpan<byte> date = Utf8Text.Trim(line.Values[dateColumn]);
        return date.IsEmpty || Begins(date);
    }

    private bool Begins(ReadOnlySpan<byte> value)
    {
        string text = Encoding.UTF8.GetString(value[..Math.Min(value.Length, LongestLook)]);
        return _words.Any(word => text.StartsWith(word, StringComparison.OrdinalIgnoreCase) && (text.Length == word.Length || !char.IsLetterOrDigit(text[word.Length])));
    }

    private bool HasDate(ReadOnlySpan<byte> line)
    {
        foreach (Range part in line.Split(separator))
        {
            if (DateLook.IsDate(line[part].Trim((byte)layout.Quote)))
            {
                return true;
            }
        }

        return false;
    }
}
