using System.Globalization;
using Billing.Console.Views;
using Spectre.Console;
using Table = Billing.Console.Views.Table;

namespace Billing.Console.Reports;

/// <summary>Unusual amounts of a month, for people.</summary>
internal static class UnusualView
{
    public static void Write(IAnsiConsole console, BillingMonth month, IReadOnlyList<UnusualAmount> found)
    {
        if (found.Count == 0)
        {
            Sentence.Write(console, $"No amount of {month} is unlike earlier ones of its party. Parties with fewer than {Figures.Count(UnusualAmounts.Fewest)} earlier records are not judged.");
            return;
        }

        Table table = new(new("Date"), new("Party", ColumnKind.LongText), new("Currency"), new("Amount and what is usual"), new("Score", ColumnKind.Money), new("Source", ColumnKind.LongText, IsOptional: true));
        foreach (UnusualAmount unusual in found)
        {
            table.Add(
                unusual.Record.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                unusual.Record.Party,
                unusual.Record.Amount.Currency.Code,
                unusual.Reason,
                unusual.Score?.ToString(CultureInfo.InvariantCulture),
                unusual.Record.Source.ToString());
        }

        table.WriteTo(console);
    }
}
