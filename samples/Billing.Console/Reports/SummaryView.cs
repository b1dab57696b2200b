using Billing.Console.Views;
using Spectre.Console;
using Table = Billing.Console.Views.Table;

namespace Billing.Console.Reports;

/// <summary>Totals by group, for people: a line per group and currency.</summary>
internal static class SummaryView
{
    public static void Write(IAnsiConsole console, SummaryBy by, IReadOnlyList<SummaryRow> rows)
    {
        if (rows.Count == 0)
        {
            console.WriteLine("No records.");
            return;
        }

        ControlTotals reporting = rows.Aggregate(ControlTotals.Zero, (sum, row) => sum + row.Reporting);
        string[] reportingCodes = [.. reporting.Money.Keys];
        Table table = new(
        [
            new(by.ToString(), ColumnKind.LongText),
            new("Rows", ColumnKind.Number),
            new("Billed", ColumnKind.Money),
            new(""),
            .. reportingCodes.Select(code => new Column("in " + code, ColumnKind.Money)),
        ]);
        foreach (SummaryRow row in rows)
        {
            bool isFirst = true;
            foreach ((string currency, ExactSum sum) in row.Billed.Money)
            {
                table.Add(
                [
                    isFirst ? row.Group.Length == 0 ? "(none)" : row.Group : "",
                    isFirst ? Figures.Count(row.Billed.Rows) : "",
                    Figures.Amount(sum, currency),
                    currency,
                    .. reportingCodes.Select(code => (Cell)(isFirst && row.Reporting.Money.ContainsKey(code) ? Figures.Total(row.Reporting[code], code) : "")),
                ]);
                isFirst = false;
            }
        }

        table.AddTotal(
        [
            "Total",
            Figures.Count(rows.Sum(row => row.Billed.Rows)),
            "",
            "",
            .. reportingCodes.Select(code => (Cell)Figures.Total(reporting[code], code)),
        ]);
        table.WriteTo(console);
    }
}
