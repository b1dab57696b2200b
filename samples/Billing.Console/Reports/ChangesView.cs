using System.Globalization;
using Billing.Console.Views;
using Spectre.Console;
using Table = Billing.Console.Views.Table;

namespace Billing.Console.Reports;

/// <summary>What an entry changed, record by record, for people.</summary>
internal static class ChangesView
{
    public static void Write(IAnsiConsole console, IReadOnlyList<RecordChange> changes, string? token)
    {
        if (changes.Count > 0)
        {
            Table table = new(
                new("Record"),
                new("Date"),
                new("Party", ColumnKind.LongText, IsOptional: true),
                new("Amount", ColumnKind.Money),
                new(""),
                new("Source", ColumnKind.LongText),
                new("Becomes", IsOptional: true, GoesBelow: true),
                new("Key", IsOptional: true, GoesBelow: true));
            foreach (RecordChange change in changes)
            {
                BillingRecord record = (change.From ?? change.To)!;
                table.Add(
                    new Cell(EntryText.Of(change), change.To is null ? Styles.Attention : null),
                    record.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                    record.Party,
                    Figures.Amount(record.Amount),
                    record.Amount.Currency.Code,
                    record.Source.ToString(),
                    ChangedFields.Of(change),
                    new Cell(change.Key.ToString(), Styles.Quiet));
            }

            table.WriteTo(console);
            console.WriteLine();
        }

        ListingEnd.Write(console, changes.Count, "change", "changes", token);
    }
}
