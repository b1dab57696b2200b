using System.Buffers;
using System.Globalization;
using System.Text;

namespace Billing.Categories;

/// <summary>Finds whole words and phrases in a text, in any letter case: <c>bar</c> is in <c>The Bar, Leeds</c>, but not in <c>barcode</c>.</summary>
internal sealed class WordSearch
{
    private readonly string[] _phrases;
    private readonly SearchValues<string> _any;

    public WordSearch(IEnumerable<string> phrases)
    {
        _phrases = Spellings.Of(phrases);
        _any = SearchValues.Create(_phrases, StringComparison.OrdinalIgnoreCase);
    }

    public bool Finds(ReadOnlySpan<char> text)
    {
        int from = 0;
        while (from < text.Length)
        {
            int found = text[from..].IndexOfAny(_any);
            if (found < 0)
            {
                return false;
            }

            if (StandsAt(text, from + found))
            {
                return true;
            }

            from += found + 1;
        }

        return false;
    }

    // Every phrase is tried: several may begin here, and the search does not say which one it found.
    private bool StandsAt(ReadOnlySpan<char> text, int place)
    {
        ReadOnlySpan<char> rest = text[place..];
        bool inWord = EndsInWord(text[..place]);
        foreach (string phrase in _phrases)
        {
            if (rest.StartsWith(phrase, StringComparison.OrdinalIgnoreCase)
                && !(inWord && BeginsInWord(phrase))
                && !(EndsInWord(phrase) && BeginsInWord(rest[phrase.Length..])))
            {
                return true;
            }
        }

        return false;
    }

    private static bool BeginsInWord(ReadOnlySpan<char> text)
    {
        Rune.DecodeFromUtf16(text, out Rune first, out _);
        return !text.IsEmpty && IsOfWord(first);
    }

    private static bool EndsInWord(ReadOnlySpan<char> text)
    {
        Rune.DecodeLastFromUtf16(text, out Rune last, out _);
        return !text.IsEmpty && IsOfWord(last);
    }

    // A combining mark belongs to the letter before it: "cafe" does not end within a decomposed "café".
    private static bool IsOfWord(Rune rune) =>
        Rune.IsLetterOrDigit(rune)
        || (!rune.IsAscii && Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark);
}
