using System.Text;

namespace Billing.Parsing;

/// <summary>Recognises the lines that a layout names as footer: totals and the like, which are no records and no errors.</summary>
internal sealed class CsvFooter(CsvLayout layout)
{
    private const int LongestLook = 256;

    private readonly string[] _words = [.. layout.Footer.Select(word => word.Trim())];

    /// <summary>Whether the first value of a line begins with one of the words, in any case.</summary>
    public bool Holds(ReadOnlySpan<byte> line)
    {
        if (_words.Length == 0)
        {
            return false;
        }

        string text = Encoding.UTF8.GetString(line[..Math.Min(line.Length, LongestLook)]).TrimStart(' ', '\t', layout.Quote, layout.Separator ?? ',', ';');
        return _words.Any(word => text.StartsWith(word, StringComparison.OrdinalIgnoreCase) && (text.Length == word.Length || !char.IsLetterOrDigit(text[word.Length])));
    }
}
