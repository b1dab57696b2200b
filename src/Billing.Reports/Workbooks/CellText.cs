using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Billing.Workbooks;

/// <summary>Text as a cell can hold it: what XML cannot have, and what a spreadsheet would take for an escape, is escaped as the format has it (_x0000_). A very long text is cut, and says so.</summary>
internal static partial class CellText
{
    /// <summary>The most characters that a spreadsheet shows in a cell.</summary>
    public const int Longest = 32_767;

    private const string Cut = " (cut: the CSV has all)";

    public static string Of(string? text)
    {
        string escaped = Escaped(text ?? "");
        if (escaped.Length <= Longest)
        {
            return escaped;
        }

        int end = Longest - Cut.Length;
        end -= char.IsHighSurrogate(escaped[end - 1]) ? 1 : 0;
        return escaped[..end] + Cut;
    }

    private static string Escaped(string text)
    {
        string marked = text.Contains("_x", StringComparison.Ordinal) ? LooksEscaped().Replace(text, "_x005F_x") : text;
        StringBuilder? escaped = null;
        for (int i = 0; i < marked.Length; i++)
        {
            char c = marked[i];
            if (char.IsHighSurrogate(c) && i + 1 < marked.Length && char.IsLowSurrogate(marked[i + 1]))
            {
                escaped?.Append(c).Append(marked[i + 1]);
                i++;
            }
            else if (c is '\r' or '\uFFFE' or '\uFFFF' || (c < ' ' && c is not ('\t' or '\n')) || char.IsSurrogate(c))
            {
                escaped ??= new StringBuilder(marked, 0, i, marked.Length + 16);
                escaped.Append(CultureInfo.InvariantCulture, $"_x{(int)c:X4}_");
            }
            else
            {
                escaped?.Append(c);
            }
        }

        return escaped?.ToString() ?? marked;
    }

    [GeneratedRegex("_x(?=[0-9A-Fa-f]{4}_)")]
    private static partial Regex LooksEscaped();
}
