using Spectre.Console;

namespace Billing.Console.Views;

/// <summary>Shortens texts to a width.</summary>
internal static class Shortening
{
    /// <summary>Shortens the texts of a column so that those that differ still do, where the width allows it: without their middles, else without their starts, else without their ends.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<string> texts, int width)
    {
        if (texts.All(text => text.GetCellWidth() <= width))
        {
            return texts;
        }

        int different = Different(texts);
        string[] best = [];
        foreach (Func<string, int, string> shorten in (Func<string, int, string>[])[Middle, Start, End])
        {
            string[] shown = [.. texts.Select(text => shorten(text, width))];
            if (Different(shown) == different)
            {
                return shown;
            }

            best = best.Length == 0 || Different(shown) > Different(best) ? shown : best;
        }

        return best;
    }

    /// <summary>Leaves out the middle of a text that is too long: both ends tell names apart.</summary>
    public static string Middle(string text, int width)
    {
        if (text.GetCellWidth() <= width)
        {
            return text;
        }

        // The end, with a line number or an extension, counts as much as the start.
        string tail = Tail(text, (width - 1) / 2);
        return $"{Head(text, width - 1 - tail.GetCellWidth())}…{tail}";
    }

    private static string Start(string text, int width) => text.GetCellWidth() <= width ? text : $"…{Tail(text, width - 1)}";

    private static string End(string text, int width) => text.GetCellWidth() <= width ? text : $"{Head(text, width - 1)}…";

    private static string Tail(string text, int width)
    {
        while (text.Length > 0 && text.GetCellWidth() > width)
        {
            text = text[Step(text, 0)..];
        }

        return text;
    }

    private static string Head(string text, int width)
    {
        while (text.Length > 0 && text.GetCellWidth() > width)
        {
            text = text[..^Step(text, text.Length - 1)];
        }

        return text;
    }

    private static int Step(string text, int index) => char.IsSurrogate(text[index]) && text.Length > 1 ? 2 : 1;

    private static int Different(IEnumerable<string> texts) => texts.Distinct(StringComparer.Ordinal).Count();
}
