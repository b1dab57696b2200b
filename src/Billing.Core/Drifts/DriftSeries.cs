using System.Security.Cryptography;
using System.Text;
using Billing.Values;

namespace Billing.Drifts;

/// <summary>
/// Which runs a run is compared with: those of the same scope and layout; without a scope, those of the same layout whose source has the same name but for digits and months.
/// Runs without a scope may be of different accounts, so what varies from account to account is not compared.
/// </summary>
internal sealed class DriftSeries
{
    private const int KeyDigits = 32;

    private DriftSeries(string text, bool hasScope)
    {
        Text = text;
        HasScope = hasScope;
        Key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..KeyDigits];
    }

    /// <summary>The series for people.</summary>
    public string Text { get; }

    /// <summary>Whether all its runs are of one account.</summary>
    public bool HasScope { get; }

    /// <summary>The series for stores: 32 hexadecimal digits.</summary>
    public string Key { get; }

    public static DriftSeries Of(string source, string? scope, SourceLayout layout) => new(
        $"{(scope is null ? $"sources named like {Pattern(source)}" : $"scope {scope}")}, {LayoutOf(layout)}",
        scope is not null);

    // A layout that is corrected stays the same one, if it has a name.
    private static string LayoutOf(SourceLayout layout) =>
        layout.Name is { Length: > 0 } name ? $"layout {Path.GetFileName(name)}"
        : layout.Equals(SourceLayout.Default) ? "no layout"
        : $"layout {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(layout.ToJson())))[..12]}";

    private static string Pattern(string source)
    {
        StringBuilder pattern = new();
        for (int at = 0; at < source.Length;)
        {
            bool isDigit = char.IsAsciiDigit(source[at]);
            bool isLetter = char.IsLetter(source[at]);
            int end = at + 1;
            while (end < source.Length && (isDigit ? char.IsAsciiDigit(source[end]) : isLetter && char.IsLetter(source[end])))
            {
                end++;
            }

            string part = source[at..end].ToLowerInvariant();
            pattern.Append(isDigit || (isLetter && MonthNames.ToEnglish(part, inFull: true) is not null) ? "#" : part);
            at = end;
        }

        return pattern.ToString();
    }
}
