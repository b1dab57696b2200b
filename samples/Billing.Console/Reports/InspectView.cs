using Billing.Console.Views;
using Spectre.Console;
using Table = Billing.Console.Views.Table;

namespace Billing.Console.Reports;

/// <summary>A proposed layout, for people.</summary>
internal static class InspectView
{
    private const int LongestSample = 36;

    /// <summary>Writes what was found.</summary>
    public static void WriteFindings(IAnsiConsole console, string source, LayoutProposal proposal)
    {
        Table table = new(
            new("Column", ColumnKind.LongText),
            new("Taken for"),
            new("Because", ColumnKind.LongText),
            new("Sample", ColumnKind.LongText, IsOptional: true));
        foreach (ColumnFinding column in proposal.Columns)
        {
            bool isAttribute = column.Role == "attribute";
            table.Add(
                column.Name,
                new Cell(column.Role, isAttribute ? Styles.Quiet : Styles.Good),
                column.Why,
                new Cell(Sample(column), Styles.Quiet));
        }

        table.WriteTo(console);
        console.WriteLine();
        WriteResult(console, source, proposal);
        foreach (string warning in proposal.Warnings)
        {
            Sentence.Write(console, "warning: " + warning, Styles.Attention);
        }

    }

    /// <summary>Writes what is left to decide.</summary>
    public static void WriteQuestions(IAnsiConsole console, IReadOnlyList<LayoutQuestion> questions)
    {
        if (questions.Count == 0)
        {
            return;
        }

        console.WriteLine();
        console.WriteLine("For you to decide", Styles.Heading);
        foreach (LayoutQuestion question in questions)
        {
            Sentence.Write(console, question.Text, "  - ", Styles.Attention);
        }
    }

    /// <summary>Writes the layout, as its file has it.</summary>
    public static void WriteLayout(IAnsiConsole console, string layout, string? writtenTo)
    {
        console.WriteLine();
        if (writtenTo is not null)
        {
            Sentence.Write(console, $"Layout written to {writtenTo}:");
        }

        foreach (string line in layout.TrimEnd().ReplaceLineEndings("\n").Split('\n'))
        {
            // A layout is copied from here: its lines are never broken.
            console.Profile.Out.Writer.WriteLine(line);
        }
    }

    /// <summary>Writes how many rows can be read.</summary>
    public static void WriteResult(IAnsiConsole console, string source, LayoutProposal proposal) => Sentence.Write(
        console,
        $"{source}: {(proposal.Format == SourceFormat.Json ? "JSON" : "CSV")}; {Figures.Count(proposal.RowsRead)} of {(proposal.RowsTried == 1 ? "1 row" : $"the first {Figures.Count(proposal.RowsTried)} rows")} can be read with this layout.",
        proposal.RowsRead == proposal.RowsTried ? Styles.Good : Styles.Attention);

    // As many different values as stand in a narrow column.
    private static string Sample(ColumnFinding column)
    {
        string sample = "";
        foreach (string value in column.Sample.Distinct(StringComparer.Ordinal).Select(value => Shortening.Middle(Printable.Of(value), LongestSample)))
        {
            if (sample.Length > 0 && sample.Length + 3 + value.Length > LongestSample)
            {
                break;
            }

            sample += sample.Length == 0 ? value : " | " + value;
        }

        return sample;
    }
}
