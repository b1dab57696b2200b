using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Billing.Texts;

/// <summary>Removes letter case from a text by Unicode's simple case folding, with a table of our own, so that the result is the same on every machine and never changes.</summary>
internal static class CaseFold
{
    private static readonly FrozenDictionary<int, int> s_table = Read();

    /// <summary>Returns the text with every character folded. Lone surrogates stay as they are.</summary>
    public static string Of(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text.ToLowerInvariant();
        }

        StringBuilder folded = new(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (Rune.TryGetRuneAt(text, i, out Rune rune))
            {
                folded.Append(char.ConvertFromUtf32(s_table.TryGetValue(rune.Value, out int to) ? to : rune.Value));
                i += rune.Utf16SequenceLength - 1;
            }
            else
            {
                folded.Append(text[i]);
            }
        }

        return folded.ToString();
    }

    private static FrozenDictionary<int, int> Read()
    {
        Dictionary<int, int> table = [];
        foreach (string entry in Encoding.ASCII.GetString(CaseFoldTable.Entries).Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            int arrow = entry.IndexOf('>', StringComparison.Ordinal);
            int range = entry.AsSpan(0, arrow).IndexOfAny('-', '/');
            int first = Hex(entry.AsSpan(0, range < 0 ? arrow : range));
            int last = range < 0 ? first : Hex(entry.AsSpan((range + 1)..arrow));
            int step = range >= 0 && entry[range] == '/' ? 2 : 1;
            int distance = Hex(entry.AsSpan(arrow + 1)) - first;
            for (int character = first; character <= last; character += step)
            {
                table.Add(character, character + distance);
            }
        }

        return table.ToFrozenDictionary();
    }

    private static int Hex(ReadOnlySpan<char> digits) => int.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
