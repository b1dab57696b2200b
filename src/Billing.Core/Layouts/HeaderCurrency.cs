using System.Buffers;
using Billing.Values;

namespace Billing.Layouts;

/// <summary>The currency that the header of an amount names: <c>Amount (EUR)</c>, <c>Betrag in €</c>, <c>Umsatz EUR</c>.</summary>
internal static class HeaderCurrency
{
    private const string Ends = " ()[]/_-:,.";

    private static readonly SearchValues<char> Marks = SearchValues.Create(Ends);

    private static readonly char[] EndCharacters = Ends.ToCharArray();

    /// <summary>Returns the code; null if the header names none, or has a sign of several currencies.</summary>
    public static string? Of(string header) =>
        Split(header, out _, out string mark) && CurrencySigns.CodesOf(mark) is [string code] ? code : null;

    /// <summary>Returns the header without the currency at its end; the header itself if it names none.</summary>
    public static string Without(string header) => Split(header, out string rest, out _) ? rest : header;

    private static bool Split(string header, out string rest, out string mark)
    {
        string trimmed = header.TrimEnd(' ', ')', ']', '.', ':');
        int at = trimmed.AsSpan().LastIndexOfAny(Marks);
        mark = trimmed[(at + 1)..];
        rest = at < 0 ? "" : trimmed[..at].TrimEnd(EndCharacters);
        foreach (string word in (string[])[" in", " en", " i", " em", " w"])
        {
            rest = rest.EndsWith(word, StringComparison.OrdinalIgnoreCase) ? rest[..^word.Length].TrimEnd(EndCharacters) : rest;
        }

        // An ISO 4217 code is in capitals here, so that words such as 'all' and 'top' are not codes; other marks are signs, not letters.
        bool code = mark.Length == 3 && mark.All(char.IsAsciiLetterUpper) && Currency.TryParse(mark, out _);
        bool sign = mark.Length is > 0 and <= 4 && !char.IsLetter(mark[^1]) && CurrencySigns.CodesOf(mark).Count > 0;
        // A header that names two currencies counts as naming none.
        bool two = rest.Split(EndCharacters).Any(word => word.Length == 3 && word.All(char.IsAsciiLetterUpper) && Currency.TryParse(word, out _));
        return rest.Length > 0 && (code || sign) && !two;
    }
}
