using System.Globalization;
using Billing.Console.Json;
using Billing.Console.Views;
using Spectre.Console;
using Table = Billing.Console.Views.Table;

namespace Billing.Console.Reports;

/// <summary>Runs, for people.</summary>
internal static class RunsView
{
    public static void Write(IAnsiConsole console, IReadOnlyList<IngestReport> runs, string? token)
    {
        if (runs.Count > 0)
        {
            Table table = new(
                new("Started (UTC)"),
                new("Source", ColumnKind.LongText),
                new("Status"),
                new("Read", ColumnKind.Number),
                new("Stored", ColumnKind.Number),
                new("Duplicate", ColumnKind.Number),
                new("Conflict", ColumnKind.Number, IsOptional: true),
                new("Quarantined", ColumnKind.Number),
                new("Run", IsOptional: true, GoesBelow: true));
            foreach (IngestReport run in runs)
            {
                table.Add(
                    run.StartedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
                    run.Source,
                    run.RevertedBy is null ? new Cell(IngestReportJson.StatusText(run.Status), run.Status == RunStatus.Completed ? null : Styles.Bad) : new Cell("taken back", Styles.Attention),
                    Figures.Count(run.Read.Rows),
                    Figures.Count(run.Stored.Rows),
                    Figures.Count(run.Duplicate.Rows),
                    new Cell(Figures.Count(run.Conflict.Rows), run.Conflict.Rows > 0 ? Styles.Bad : null),
                    new Cell(Figures.Count(run.Quarantined.Rows), run.Quarantined.Rows > 0 ? Styles.Attention : null),
                    new Cell(run.RunId, Styles.Quiet));
            }

            table.WriteTo(console);
            console.WriteLine();
            foreach (IngestReport run in runs.Where(run => run.Error is not null))
            {
                Sentence.Write(console, $"{run.Source}: {run.Error}", Styles.Bad);
            }

            foreach (IngestReport run in runs.Where(run => run.RevertedBy is not null))
            {
                Sentence.Write(console, $"{run.Source}, run {run.RunId}, was taken back by entry {run.RevertedBy}.", Styles.Attention);
            }

            DeliveryView.Write(console, runs);
        }

        ListingEnd.Write(console, runs.Count, "run", "runs", token);
    }
}
