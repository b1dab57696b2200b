using System.Globalization;
using Billing.Console.Views;
using Spectre.Console;
using Table = Billing.Console.Views.Table;

namespace Billing.Console.Reports;

/// <summary>Budgets of a month, for people.</summary>
internal static class BudgetView
{
    public static void Write(IAnsiConsole console, BillingMonth month, IReadOnlyList<BudgetStatus> statuses)
    {
        if (statuses.Count == 0)
        {
            Sentence.Write(console, $"No budget holds for {month}.");
            return;
        }

        Table table = new(
            new("Category", ColumnKind.LongText), new("Rows", ColumnKind.Number), new("Budget", ColumnKind.Money), new("Spent", ColumnKind.Money), new("Remaining", ColumnKind.Money), new(""), new("Percent", ColumnKind.Money));
        foreach (BudgetStatus status in statuses)
        {
            string code = status.Currency ?? "";
            Style? style = status.Remaining.ToString().StartsWith('-') ? Styles.Bad : null;
            table.Add(NameOf(status), Figures.Count(status.Rows), Figures.Amount(ExactSum.From(status.Budget.Amount), code), Figures.Total(status.Spent, code), new Cell(Figures.Total(status.Remaining, code), style), code, status.Percent.ToString());
        }

        table.WriteTo(console);
        foreach (BudgetStatus status in statuses)
        {
            foreach (BudgetAlert alert in status.Alerts.Where(alert => alert.CrossedBy is not null))
            {
                string after = alert.IsReached ? "" : " Credits have taken it below again.";
                Sentence.Write(
                    console,
                    string.Create(CultureInfo.InvariantCulture, $"{NameOf(status)}: {alert.Percent} % ({Figures.Total(alert.Threshold, status.Currency ?? "")} {status.Currency}) was reached on {alert.CrossedBy!.Date:yyyy-MM-dd} with {alert.CrossedBy.Record}.{after}"),
                    Styles.Attention);
            }
        }
    }

    private static string NameOf(BudgetStatus status) => status.Budget.Category switch { null => "(all)", "" => "(none)", { } category => category };
}
