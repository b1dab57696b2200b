using System.Globalization;
using Billing.Console.Views;
using Spectre.Console;
using Table = Billing.Console.Views.Table;

namespace Billing.Console.Reports;

/// <summary>What changed in a closed month, for people.</summary>
internal static class RestatementView
{
    public static void Write(IAnsiConsole console, MonthRestatement restatement)
    {
        Sentence.Write(console, restatement.Closing is null
            ? $"Since {restatement.Month} was closed (restatement {Figures.Count(restatement.Number)} if it is closed again):"
            : $"Restatement {Figures.Count(restatement.Number)} of {restatement.Month}:", Styles.Heading);
        Table table = new(
            new("Change"),
            new("Date"),
            new("Party", ColumnKind.LongText),
            new("Category", ColumnKind.LongText),
            new("Before", ColumnKind.Money),
            new("After", ColumnKind.Money),
            new("Currency"),
            new("Source", ColumnKind.LongText, IsOptional: true));
        foreach (MonthLine line in restatement.Added)
        {
            Add(table, "added", null, line);
        }

        foreach (MonthLine line in restatement.TakenAway)
        {
            Add(table, "taken away", line, null);
        }

        foreach (MonthChange change in restatement.Changed)
        {
            Add(table, "changed", change.From, change.To);
        }

        foreach (string code in restatement.Before.Money.Keys.Union(restatement.After.Money.Keys).Order(StringComparer.Ordinal))
        {
            table.AddTotal("Total", "", "", "", Figures.Total(restatement.Before[code], code), Figures.Total(restatement.After[code], code), code, "");
            table.AddTotal("Difference", "", "", "", "", Figures.Total(restatement.Difference[code], code), code, "");
        }

        if (restatement.Count > 0)
        {
            table.WriteTo(console);
        }
        else
        {
            Sentence.Write(console, "Nothing changed.");
        }
    }

    private static void Add(Table table, string change, MonthLine? from, MonthLine? to)
    {
        BillingRecord record = (to ?? from)!.Record;
        string category = from is not null && to is not null && from.Record.Category != to.Record.Category
            ? $"{from.Record.Category ?? "(none)"} -> {to.Record.Category ?? "(none)"}"
            : record.Category ?? "";
        table.Add(
            change,
            (to ?? from)!.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            record.Party,
            category,
            from is null ? "" : Figures.Amount(from.Record.ReportingAmount),
            to is null ? "" : Figures.Amount(to.Record.ReportingAmount),
            record.ReportingAmount.Currency.Code,
            record.Source.ToString());
    }
}
