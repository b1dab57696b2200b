using Billing.Console.Views;
using Spectre.Console;

namespace Billing.Console.Reports;

/// <summary>What was erased, for people.</summary>
internal static class EraseView
{
    public static void Write(IAnsiConsole console, LedgerErasureReport report, bool isDryRun)
    {
        string what = $"{Figures.Count(report.Records, "record")}, {Figures.Count(report.Changes, "change")}, {Figures.Count(report.Quarantined)} in quarantine";
        Sentence.Write(console, $"{(isDryRun ? "would erase" : "erased")}: {what}", Styles.Good);
        if (report.Fields.Count > 0)
        {
            Sentence.Write(console, $"fields: {string.Join(", ", report.Fields.Select(field => $"{field.Key} {Figures.Count(field.Value)}"))}");
        }

        if (report.Closed > 0)
        {
            Sentence.Write(console, $"{Figures.Count(report.Closed)} of the rows in quarantine {(isDryRun ? "are open and would be" : "were open and are")} closed: they cannot be replayed. If they are money that is still to come, ingest their source again.", Styles.Attention);
        }

        foreach (string place in report.Remaining)
        {
            Sentence.Write(console, $"not erased: {place}", Styles.Attention);
        }

        if (report.Entry is { } entry)
        {
            Sentence.Write(console, $"This is entry {entry.Id}. It cannot be taken back. Backups, exports and the sources themselves still have the text. Take a new head: billing seal --out");
        }
    }
}
