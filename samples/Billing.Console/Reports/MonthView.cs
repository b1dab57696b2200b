using Billing.Console.Views;
using Spectre.Console;
using Table = Billing.Console.Views.Table;

namespace Billing.Console.Reports;

/// <summary>The report of a month, for people.</summary>
internal static class MonthView
{
    private const int MostParties = 10;
    private const int MostRuns = 5;

    public static void Write(IAnsiConsole console, MonthReport report)
    {
        Sentence.Write(console, $"Month {report.Month}{(report.Zone is null ? "" : $" by the clocks of {report.Zone}")}: {Figures.Count(report.Reporting.Rows, "record")}", Styles.Heading);
        console.WriteLine();
        string[] codes = [.. report.Reporting.Money.Keys.Union(report.Before?.Reporting.Money.Keys ?? [])];
        if (codes.Length > 0)
        {
            WriteCategories(console, report, codes);
        }

        if (report.Lines.Count > 0)
        {
            console.WriteLine();
            WriteParties(console, report, codes);
            console.WriteLine();
            WriteCurrencies(console, report, codes);
        }

        foreach (MonthFlag flag in report.Flags)
        {
            Sentence.Write(console, $"flag {flag.Flag}: {TotalsText.Of(flag.Reporting)}");
        }

        if (report.Refused.Rows > 0)
        {
            Sentence.Write(console, $"A requirement of the rules does not let {TotalsText.Of(report.Refused)} pass. They count with the category that is stored.", Styles.Attention);
        }

        if (report.Runs.Count > 0)
        {
            string more = report.Runs.Count > MostRuns ? $", and {Figures.Count(report.Runs.Count - MostRuns)} more" : "";
            Sentence.Write(console, $"from {Figures.Count(report.Runs.Count, "run")}: {string.Join(", ", report.Runs.Take(MostRuns).Select(run => $"{run.Source ?? run.RunId} ({Figures.Count(run.Rows)})"))}{more}", Styles.Quiet);
        }
    }

    private static void WriteCategories(IAnsiConsole console, MonthReport report, string[] codes)
    {
        Table table = new(
        [
            new("Category", ColumnKind.LongText),
            new("Rows", ColumnKind.Number),
            .. codes.Select(code => new Column("in " + code, ColumnKind.Money)),
            .. report.Before is null ? (Column[])[] : [new($"Rows {report.Before.Month}", ColumnKind.Number), .. codes.Select(code => new Column($"{code} {report.Before.Month}", ColumnKind.Money)), .. codes.Select(_ => new Column("Difference", ColumnKind.Money))],
        ]);
        IEnumerable<MonthCategoryChange> rows = report.Before?.Categories ?? [.. report.Categories.Select(row => new MonthCategoryChange(row.Group, ControlTotals.Zero, row.Reporting))];
        foreach (MonthCategoryChange row in rows)
        {
            table.Add(Cells(row.Category.Length == 0 ? "(none)" : row.Category, row.Now, row.Before, report.Before is not null, codes));
        }

        table.AddTotal(Cells("Total", report.Reporting, report.Before?.Reporting ?? ControlTotals.Zero, report.Before is not null, codes));
        table.WriteTo(console);
    }

    private static Cell[] Cells(string name, ControlTotals now, ControlTotals before, bool hasBefore, string[] codes) =>
    [
        name,
        Figures.Count(now.Rows),
        .. codes.Select(code => (Cell)Figures.Total(now[code], code)),
        .. hasBefore ? (Cell[])[Figures.Count(before.Rows), .. codes.Select(code => (Cell)Figures.Total(before[code], code)), .. codes.Select(code => (Cell)Figures.Total(now[code] - before[code], code))] : [],
    ];

    private static void WriteParties(IAnsiConsole console, MonthReport report, string[] codes)
    {
        Table table = new([new("Party", ColumnKind.LongText), new("Rows", ColumnKind.Number), .. codes.Select(code => new Column("in " + code, ColumnKind.Money))]);
        foreach (SummaryRow row in report.Parties.Take(MostParties))
        {
            Add(row.Group.Length == 0 ? "(none)" : row.Group, row.Reporting);
        }

        SummaryRow[] others = [.. report.Parties.Skip(MostParties)];
        if (others.Length > 0)
        {
            Add($"({Figures.Count(others.Length)} more)", others.Aggregate(ControlTotals.Zero, (sum, row) => sum + row.Reporting));
        }

        table.WriteTo(console);

        void Add(string name, ControlTotals totals) => table.Add([name, Figures.Count(totals.Rows), .. codes.Select(code => (Cell)Figures.Total(totals[code], code))]);
    }

    private static void WriteCurrencies(IAnsiConsole console, MonthReport report, string[] codes)
    {
        Table table = new(
        [
            new("Currency"),
            new("Rows", ColumnKind.Number),
            new("Billed", ColumnKind.Money),
            .. codes.Select(code => new Column("in " + code, ColumnKind.Money)),
            new("Lowest rate", ColumnKind.Number, IsOptional: true),
            new("Highest rate", ColumnKind.Number, IsOptional: true),
            new("First rate", ColumnKind.LongText, IsOptional: true),
        ]);
        foreach (MonthCurrency currency in report.Currencies)
        {
            table.Add(
            [
                currency.Currency,
                Figures.Count(currency.Billed.Rows),
                Figures.Amount(currency.Billed[currency.Currency], currency.Currency),
                .. codes.Select(code => (Cell)Figures.Total(currency.Reporting[code], code)),
                currency.LowestRate?.ValueText,
                currency.HighestRate?.ValueText,
                currency.FirstRate?.ToString(),
            ]);
        }

        table.WriteTo(console);
    }
}
