using System.Globalization;

namespace Billing.Proofs;

/// <summary>Stated totals as text: <c>rows=1200,total:EUR=8415.84,opening=100,closing=8515.84</c>.</summary>
internal static class StatedText
{
    private const string Example = "Write it as rows=1200,total:EUR=8415.84,opening=100.00,closing=8515.84: numbers with a point and without grouping.";

    // More than any sum of a source has.
    private const int LongestFigure = 200;

    /// <summary>Returns null if the text states nothing that can be read; <paramref name="fault"/> then says why.</summary>
    public static StatedTotals? Read(string text, out string? fault)
    {
        long? rows = null;
        Dictionary<string, ExactSum> totals = new(StringComparer.Ordinal);
        Dictionary<string, ExactSum> openings = new(StringComparer.Ordinal);
        Dictionary<string, ExactSum> closings = new(StringComparer.Ordinal);
        foreach (string item in text.Split(',', StringSplitOptions.TrimEntries))
        {
            int equals = item.IndexOf('=', StringComparison.Ordinal);
            string[] name = equals < 0 ? [] : item[..equals].Split(':', 2, StringSplitOptions.TrimEntries);
            string figure = equals < 0 ? "" : item[(equals + 1)..].Trim();
            fault = name switch
            {
                ["rows"] => rows is not null ? Twice(item) : TryReadRows(figure, out rows) ? null : $"'{item}' does not state a number of rows. {Example}",
                ["total", ..] => Add(totals, name, item, figure),
                ["opening", ..] => Add(openings, name, item, figure),
                ["closing", ..] => Add(closings, name, item, figure),
                _ => $"'{item}' states neither rows, total, opening nor closing. {Example}",
            };
            if (fault is not null)
            {
                return null;
            }
        }

        fault = null;
        return new StatedTotals { Rows = rows, Totals = totals, Openings = openings, Closings = closings };
    }

    public static string Write(StatedTotals stated)
    {
        IEnumerable<string> rows = stated.Rows is { } count ? [string.Create(CultureInfo.InvariantCulture, $"rows={count}")] : [];
        return string.Join(',', [.. rows, .. Write("total", stated.Totals), .. Write("opening", stated.Openings), .. Write("closing", stated.Closings)]);
    }

    /// <summary>Reads a number of rows.</summary>
    public static bool TryReadRows(string text, out long? rows)
    {
        bool isRead = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number);
        rows = isRead ? number : null;
        return isRead;
    }

    /// <summary>Reads an amount of money: digits, at most one point, and a sign before them.</summary>
    public static bool TryReadMoney(string text, out ExactSum money)
    {
        money = default;
        return text.Length <= LongestFigure && ExactSum.TryParse(text, out money);
    }

    /// <summary>Returns the code as records have it: that of ISO 4217, or else as written.</summary>
    public static string CodeOf(string code) => Currency.TryParse(code, out Currency? currency) ? currency.Code : code.Trim();

    private static string? Add(Dictionary<string, ExactSum> figures, string[] name, string item, string figure) =>
        name is [_, ""] ? $"'{item}' names no currency after the colon. {Example}"
        : !TryReadMoney(figure, out ExactSum money) ? $"'{item}' does not state an amount. {Example}"
        : !figures.TryAdd(name.Length == 2 ? CodeOf(name[1]) : "", money) ? Twice(item)
        : null;

    private static string Twice(string item) => $"'{item}' states a figure for the second time. State it once.";

    private static IEnumerable<string> Write(string name, IReadOnlyDictionary<string, ExactSum> figures) => figures
        .OrderBy(pair => pair.Key, StringComparer.Ordinal)
        .Select(pair => pair.Key.Length == 0 ? $"{name}={pair.Value}" : $"{name}:{pair.Key}={pair.Value}");
}
