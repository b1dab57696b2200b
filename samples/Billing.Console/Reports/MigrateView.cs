using Billing.Console.Views;
using Spectre.Console;

namespace Billing.Console.Reports;

/// <summary>A migration, for people.</summary>
internal static class MigrateView
{
    public static void Write(IAnsiConsole console, string store, StoreMigrationOptions options, StoreMigrationReport report)
    {
        foreach (IReadOnlyList<BillingRecord> group in report.BecameEqual)
        {
            BillingRecord first = group[0];
            Sentence.Write(console, $"now equal: {Figures.WithCode(first.Amount)} of {first.Date:yyyy-MM-dd}{(first.Party is { } party ? $", {Printable.Start(party, 60)}" : "")}", Styles.Bad);
            foreach (BillingRecord record in group)
            {
                Sentence.Write(console, $"{record.Source}, run {record.RunId}, key {record.Key}", indent: 2);
            }
        }

        if (report.BecameEqualRecords > 0)
        {
            Sentence.Write(console, $"{Figures.Count(report.BecameEqualRecords, "record")} now {(report.BecameEqualRecords == 1 ? "has" : "have")} the same content as a record of another run: delivered twice, or a lawful repeat. None was removed.");
        }

        string found = $"{Figures.Count(report.Records, "record")}, {Figures.Count(report.Changed)} changed; {Figures.Count(report.Runs, "run")} marked";
        string outcome = (report.Changed + report.Runs, options.IsDryRun) switch
        {
            (0, _) => $"nothing to migrate: {store}: {Figures.Count(report.Records, "record")}",
            (_, true) => $"would be migrated: {store}: {found}; nothing was changed",
            _ => $"migrated: {store}: {found}",
        };
        Sentence.Write(console, outcome, Styles.Good);
    }
}
