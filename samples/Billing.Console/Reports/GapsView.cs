using System.Globalization;
using Billing.Console.Views;
using Spectre.Console;
using Table = Billing.Console.Views.Table;

namespace Billing.Console.Reports;

/// <summary>Missing statements, for people.</summary>
internal static class GapsView
{
    public static void Write(IAnsiConsole console, IReadOnlyList<StatementGap> gaps)
    {
        if (gaps.Count == 0)
        {
            Sentence.Write(console, "no gap between statements with balances: each begins with what the one before it ends with", Styles.Good);
            return;
        }

        Table table = new(
            new("Scope", ColumnKind.LongText, IsOptional: true),
            new("After", ColumnKind.LongText),
            new("to"),
            new("Closing", ColumnKind.Number),
            new("Before", ColumnKind.LongText),
            new("from"),
            new("Opening", ColumnKind.Number),
            new("Missing", ColumnKind.Number),
            new("Currency"));
        foreach (StatementGap gap in gaps)
        {
            table.Add(
                gap.Scope ?? "",
                gap.Before,
                Date(gap.LastDate),
                Figures.Amount(gap.Closing, gap.Currency),
                gap.After,
                Date(gap.FirstDate),
                Figures.Amount(gap.Opening, gap.Currency),
                new Cell(Figures.Amount(gap.Missing, gap.Currency), Styles.Attention),
                gap.Currency);
        }

        table.WriteTo(console);
        console.WriteLine();
        Sentence.Write(console, $"{Figures.Count(gaps.Count, "statement")} {(gaps.Count == 1 ? "is" : "are")} missing, or wrong. Get {(gaps.Count == 1 ? "it" : "them")} from the sender and ingest {(gaps.Count == 1 ? "it" : "them")}, in any order.", Styles.Attention);
    }

    private static string Date(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
