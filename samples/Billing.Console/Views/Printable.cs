using System.Globalization;
using System.Text;

namespace Billing.Console.Views;

/// <summary>Text of others, fit for a terminal: what would move the cursor, change colours or hide text is shown as its escape.</summary>
internal static class Printable
{
    public static string Of(string text)
    {
        int first = 0;
        while (first < text.Length && !IsHidden(text[first]))
        {
            first++;
        }

        if (first == text.Length)
        {
            return text;
        }

        StringBuilder result = new(text, 0, first, text.Length + 16);
        for (int i = first; i < text.Length; i++)
        {
            char c = text[i];
            _ = c switch
            {
                '\n' => result.Append("\\n"),
                '\r' => result.Append("\\r"),
                '\t' => result.Append("\\t"),
                _ when IsHidden(c) => result.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => result.Append(c),
            };
        }

        return result.ToString();
    }

    /// <summary>The first <paramref name="most"/> characters, and how much is left out.</summary>
    public static string Start(string text, int most) => text.Length <= most
        ? Of(text)
        : string.Create(CultureInfo.InvariantCulture, $"{Of(text[..most])}… ({text.Length - most:N0} more characters)");

    // Control characters, line separators, and the marks that turn the direction of text.
    private static bool IsHidden(char c) => char.IsControl(c) || c is '\u2028' or '\u2029' or '\u061c' or '\u200e' or '\u200f' or '\ufeff'
        || c is >= '\u202a' and <= '\u202e' || c is >= '\u2066' and <= '\u2069';
}
