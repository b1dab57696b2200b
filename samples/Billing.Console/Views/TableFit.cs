using Spectre.Console;

namespace Billing.Console.Views;

/// <summary>The widths of a table's columns on one terminal; 0 for a column that is left out.</summary>
internal sealed record TableFit(int[] Widths, int Gap)
{
    private const int Comfortable = 24;
    private const int Least = 10;

    public int Width => Widths.Sum() + (Gap * Math.Max(0, Widths.Count(width => width > 0) - 1));

    /// <summary>The best fit, or null when there is none.</summary>
    public static TableFit? Find(Column[] columns, IReadOnlyList<Cell[]> rows, int width)
    {
        int[] natural = [.. columns.Select((column, c) => Natural(column, rows.Select(row => row[c].Text)))];
        // The last of the optional columns is the least important.
        Stack<int> optional = new(Enumerable.Range(0, columns.Length).Where(c => columns[c].IsOptional && natural[c] > 0));
        while (true)
        {
            TableFit? fit = Fit(natural, 2, width) ?? Fit(natural, 1, width) ?? Shrink(columns, natural, optional.Count > 0 ? Comfortable : Least, width);
            if (fit is not null || optional.Count == 0)
            {
                return fit;
            }

            natural[optional.Pop()] = 0;
        }
    }

    // An optional column in which nothing stands is left out.
    private static int Natural(Column column, IEnumerable<string> texts)
    {
        int widest = texts.Select(text => text.GetCellWidth()).DefaultIfEmpty(0).Max();
        return column.IsOptional && widest == 0 ? 0 : Math.Max(widest, column.Header.GetCellWidth());
    }

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
