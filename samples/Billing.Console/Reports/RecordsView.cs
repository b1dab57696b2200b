using System.Globalization;
using Billing.Console.Views;
using Spectre.Console;
using Table = Billing.Console.Views.Table;

namespace Billing.Console.Reports;

/// <summary>Records, for people.</summary>
internal static class RecordsView
{
    public static void Write(IAnsiConsole console, IReadOnlyList<BillingRecord> records, string? token)
    {
        if (records.Count > 0)
        {
            string reporting = records[0].ReportingAmount.Currency.Code;
            // After a change of the reporting currency a ledger holds two: then each amount says which.
            bool isOne = records.All(record => record.ReportingAmount.Currency.Code == reporting);
            Table table = new(
                new("Date"),
                new("Party", ColumnKind.LongText),
                new("Description", ColumnKind.LongText, IsOptional: true),
                new("Amount", ColumnKind.Money),
                new(""),
                new(isOne ? "in " + reporting : "Reporting", isOne ? ColumnKind.Money : ColumnKind.Number),
                new("Category", ColumnKind.LongText),
                new("Flags", ColumnKind.LongText, IsOptional: true),
                new("Source", ColumnKind.LongText, IsOptional: true));
            foreach (BillingRecord record in records)
            {
                table.Add(
                    record.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                    record.Party,
                    record.Description,
                    Figures.Amount(record.Amount),
                    record.Amount.Currency.Code,
                    isOne ? Figures.Amount(record.ReportingAmount) : Figures.WithCode(record.ReportingAmount),
                    record.Category,
                    new Cell(string.Join(", ", record.Flags), Styles.Attention),
                    new Cell(record.Source.ToString(), Styles.Quiet));
            }

            table.WriteTo(console);
            console.WriteLine();
        }

        ListingEnd.Write(console, records.Count, "record", "records", token);
    }
}
