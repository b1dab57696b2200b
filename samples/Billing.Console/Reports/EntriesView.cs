using System.Globalization;
using Billing.Console.Views;
using Spectre.Console;
using Table = Billing.Console.Views.Table;

namespace Billing.Console.Reports;

/// <summary>The entries of a ledger, for people.</summary>
internal static class EntriesView
{
    public static void Write(IAnsiConsole console, IReadOnlyList<LedgerEntry> entries, string? token)
    {
        if (entries.Count > 0)
        {
            Table table = new(
                new("Started (UTC)"),
                new("Entry"),
                new("Taken out", ColumnKind.Number),
                new("Put back", ColumnKind.Number),
                new("Changed", ColumnKind.Number),
                new("Difference", ColumnKind.Number),
                new("Reason", ColumnKind.LongText, IsOptional: true, GoesBelow: true),
                new("Of", IsOptional: true, GoesBelow: true),
                new("Id", IsOptional: true, GoesBelow: true));
            foreach (LedgerEntry entry in entries)
            {
                table.Add(
                    entry.StartedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
                    EntryText.Numbered(entry),
                    Figures.Count(entry.TakenOut.Rows),
                    Figures.Count(entry.PutBack.Rows),
                    Figures.Count(entry.Changed),
                    string.Join(", ", TotalsText.Money(entry.Difference)),
                    entry.Reason,
                    entry.Of,
                    new Cell(entry.Id, Styles.Quiet));
            }

            table.WriteTo(console);
            console.WriteLine();
            foreach (LedgerEntry entry in entries.Where(entry => entry.RevertedBy is not null))
            {
                Sentence.Write(console, $"The {EntryText.Kind(entry)} {entry.Id} was taken back by entry {entry.RevertedBy}.", Styles.Attention);
            }

            foreach (LedgerEntry entry in entries.Where(entry => entry.EndedAt is null))
            {
                Sentence.Write(console, $"The {EntryText.Of(entry)} has not ended: it is under way, or was interrupted. {Remedy(entry)}", Styles.Bad);
            }
        }

        ListingEnd.Write(console, entries.Count, "entry", "entries", token);
    }

    private static string Remedy(LedgerEntry entry) => entry.Kind switch
    {
        LedgerEntryKind.Revert => $"To go on: billing revert {entry.Of}",
        LedgerEntryKind.Removal => "Remove the rest again.",
        _ => "To go on, make it again.",
    };
}
