using Billing.Texts;

namespace Billing.Categories;

/// <summary>An accented letter is one character in most files and two in others. Looking for both spellings costs nothing per record; rewriting each record's text would.</summary>
internal static class Spellings
{
    /// <summary>Returns the texts composed (NFC) and, if that differs, decomposed (NFD).</summary>
    public static string[] Of(IEnumerable<string> texts)
    {
        HashSet<string> spellings = new(StringComparer.Ordinal);
        foreach (string text in texts)
        {
            spellings.Add(NormalForm.Compose(text));
            spellings.Add(NormalForm.Decompose(text));
        }

        return [.. spellings];
    }
}
