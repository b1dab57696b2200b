using Spectre.Console;

namespace Billing.Console.Views;

/// <summary>
/// A table that never wraps: where the terminal is narrow the gaps shrink, long texts are shortened in the middle, optional columns go from the right,
/// and at last each row becomes a block of lines.
/// </summary>
internal sealed class Table(params Column[] columns)
{
    private readonly List<(Cell[] Cells, bool IsTotal)> _rows = [];

    public void Add(params Cell[] cells) => _rows.Add((cells, false));

    /// <summary>Adds a row below a rule.</summary>
    public void AddTotal(params Cell[] cells) => _rows.Add((cells, true));

    public void WriteTo(IAnsiConsole console)
    {
        List<Cell[]> cells = [.. _rows.Select(row => row.Cells.ToArray())];
        AlignPoints(cells);
        if (TableFit.Find(columns, cells, console.Profile.Width) is { } fit)
        {
            WriteRows(console, cells, fit);
        }
        else
        {
            WriteBlocks(console, cells);
        }
    }

    // Amounts of different length behind the point would stand crooked.
    private void AlignPoints(List<Cell[]> cells)
    {
        for (int c = 0; c < columns.Length; c++)
        {
            if (columns[c].Kind != ColumnKind.Money)
            {
                continue;
            }

            int longest = cells.Max(row => Tail(row[c].Text));
            foreach (Cell[] row in cells)
            {
                row[c] = new Cell(row[c].Text + new string(' ', longest - Tail(row[c].Text)), row[c].Style);
            }
        }
    }

    private static int Tail(string text) => text.LastIndexOf('.') is var point and >= 0 ? text.Length - point : 0;

    private void WriteRows(IAnsiConsole console, List<Cell[]> cells, TableFit fit)
    {
        WriteRow(console, [.. columns.Select((column, c) => new Cell(Shortening.Middle(column.Header, fit.Widths[c]), Styles.Heading))], fit);
        Cell[][] shown = TellApart(cells, fit);
        console.WriteLine(new string('─', fit.Width), Styles.Quiet);
        for (int i = 0; i < cells.Count; i++)
        {
            if (_rows[i].IsTotal && (i == 0 || !_rows[i - 1].IsTotal))
            {
                console.WriteLine(new string('─', fit.Width), Styles.Quiet);
            }

            WriteRow(console, shown[i], fit);
            WriteBelow(console, cells[i], fit);
        }
    }

    // Each column is shortened in the way in which its texts stay apart.
    private Cell[][] TellApart(List<Cell[]> cells, TableFit fit)
    {
        Cell[][] shown = [.. cells.Select(row => row.ToArray())];
        for (int c = 0; c < columns.Length; c++)
        {
            IReadOnlyList<string> texts = Shortening.Of([.. cells.Select(row => row[c].Text)], fit.Widths[c]);
            for (int i = 0; i < shown.Length; i++)
            {
                shown[i][c] = new Cell(texts[i], shown[i][c].Style);
            }
        }

        return shown;
    }

    private void WriteBelow(IAnsiConsole console, Cell[] cells, TableFit fit)
    {
        for (int c = 0; c < columns.Length; c++)
        {
            if (columns[c].GoesBelow && fit.Widths[c] == 0 && !string.IsNullOrWhiteSpace(cells[c].Text))
            {
                Sentence.Write(console, $"{columns[c].Header.ToLowerInvariant()} {cells[c].Text.Trim()}", Styles.Quiet, indent: 2);
            }
        }
    }

    private void WriteRow(IAnsiConsole console, Cell[] cells, TableFit fit)
    {
        int missing = 0;
        for (int c = 0; c < columns.Length; c++)
        {
            if (fit.Widths[c] == 0)
            {
                continue;
            }

            string text = cells[c].Text;
            int padding = fit.Widths[c] - text.GetCellWidth();
            bool right = columns[c].Kind is ColumnKind.Number or ColumnKind.Money;
            // Padding is written only before text, so that no line ends in spaces.
            string trimmed = text.TrimEnd(' ');
            missing += right ? padding : 0;
            if (trimmed.Length > 0)
            {
                console.Write(new string(' ', missing));
                console.Write(trimmed, cells[c].Style ?? Style.Plain);
                missing = text.Length - trimmed.Length;
            }
            else
            {
                missing += text.Length;
            }

            missing += (right ? 0 : padding) + fit.Gap;
        }

        console.WriteLine();
    }

    private void WriteBlocks(IAnsiConsole console, List<Cell[]> cells)
    {
        int label = columns.Skip(1).Max(column => column.Header.GetCellWidth());
        for (int i = 0; i < cells.Count; i++)
        {
            console.WriteLine(cells[i][0].Text, Styles.Heading);
            for (int c = 1; c < columns.Length; c++)
            {
                if (!string.IsNullOrWhiteSpace(cells[i][c].Text))
                {
                    console.Write("  " + columns[c].Header.PadRight(label + 2), Styles.Quiet);
                    console.WriteLine(cells[i][c].Text.Trim(), cells[i][c].Style ?? Style.Plain);
                }
            }
        }
    }
}
