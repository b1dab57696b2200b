using Billing.Console.Views;
using Spectre.Console;
using Table = Billing.Console.Views.Table;

namespace Billing.Console.Reports;

/// <summary>What rounding left behind, for people.</summary>
internal static class RoundingView
{
    public static void Write(IAnsiConsole console, IReadOnlyList<ConversionRounding> rows)
    {
        if (rows.Count == 0)
        {
            Sentence.Write(console, "no record was converted", Styles.Good);
            return;
        }

        Table table = new(
            new("Run"),
            new("Source", ColumnKind.LongText),
            new("Currency"),
            new("Rows", ColumnKind.Number),
            new("Amount", ColumnKind.Number),
            new("Exact", ColumnKind.Number),
            new("Stored", ColumnKind.Number),
            new("Rounding", ColumnKind.Number),
            new("In"));
        foreach (ConversionRounding row in rows)
        {
            table.Add(
                row.RunId,
                row.Source,
                row.Currency,
                Figures.Count(row.Rows),
                Figures.Amount(row.Amount, row.Currency),
                Figures.Amount(row.Exact, row.ReportingCurrency),
                Figures.Amount(row.Stored, row.ReportingCurrency),
                Figures.Amount(row.Difference, row.ReportingCurrency),
                row.ReportingCurrency);
        }

        table.WriteTo(console);
        console.WriteLine();
        foreach (IGrouping<string, ConversionRounding> reporting in rows.GroupBy(row => row.ReportingCurrency, StringComparer.Ordinal))
        {
            ExactSum difference = reporting.Aggregate(ExactSum.Zero, (sum, row) => sum + row.Difference);
            Sentence.Write(console, $"Rounding comes to {Figures.Amount(difference, reporting.Key)} {reporting.Key} in {Figures.Count(reporting.Sum(row => row.Rows), "converted record")}.");
        }
    }
}
