using Spectre.Console;

namespace Billing.Console.Views;

/// <summary>The widths of a table's columns on one terminal; 0 for a column that is left out.</summary>
internal sealed record TableFit(int[] Widths, int Gap)
{
    private const int Comfortable = 16;
    private const int Least = 10;

    public int Width => Widths.Sum() + (Gap * (Widths.Count(width => width > 0) - 1));

    /// <summary>The best fit, or null when there is none.</summary>
    public static TableFit? Find(Column[] columns, IReadOnlyList<Cell[]> rows, int width)
    {
        int[] natural = [.. columns.Select((column, c) => rows.Select(row => row[c].Text.GetCellWidth()).Append(column.Header.GetCellWidth()).Max())];
        int[] needed = [.. natural.Select((column, c) => columns[c].IsOptional ? 0 : column)];
        return Fit(natural, 2, width)
            ?? Fit(natural, 1, width)
            ?? Shrink(columns, natural, Comfortable, width)
            ?? Fit(needed, 1, width)
            ?? Shrink(columns, needed, Least, width);
    }

    /// <summary>Leaves out the middle of a text that is too long: both ends tell names apart.</summary>
    public static string Shorten(string text, int width)
    {
        if (text.GetCellWidth() <= width)
        {
            return text;
        }

        // The end, with a line number or an extension, counts as much as the start.
        int end = (width - 1) / 2;
        string tail = text;
        while (tail.GetCellWidth() > end)
        {
            tail = tail[Step(tail, 0)..];
        }

        string head = text;
        while (head.GetCellWidth() + 1 + tail.GetCellWidth() > width)
        {
            head = head[..^Step(head, head.Length - 1)];
        }

        return $"{head}…{tail}";
    }

    private static int Step(string text, int index) => char.IsSurrogate(text[index]) && text.Length > 1 ? 2 : 1;

    private static TableFit? Fit(int[] widths, int gap, int width) => new TableFit(widths, gap) is var fit && fit.Width <= width ? fit : null;

    private static TableFit? Shrink(Column[] columns, int[] natural, int least, int width)
    {
        TableFit fit = new([.. natural], 1);
        while (fit.Width > width)
        {
            int widest = -1;
            for (int c = 0; c < columns.Length; c++)
            {
                if (columns[c].Kind == ColumnKind.LongText && fit.Widths[c] > least && (widest < 0 || fit.Widths[c] > fit.Widths[widest]))
                {
                    widest = c;
                }
            }

            if (widest < 0)
            {
                return null;
            }

            fit.Widths[widest]--;
        }

        return fit;
    }
}
