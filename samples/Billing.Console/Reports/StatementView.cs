using Billing.Console.Views;
using Spectre.Console;
using Table = Billing.Console.Views.Table;

namespace Billing.Console.Reports;

/// <summary>The balanced statement, for people.</summary>
internal static class StatementView
{
    private const int MostKnown = 5;

    public static void Write(IAnsiConsole console, IngestStatement statement)
    {
        if (statement.IsDryRun)
        {
            console.WriteLine("Dry run: nothing was written. This is what a run would do.", Styles.Attention);
            console.WriteLine();
        }

        IngestReport total = statement.Total;
        if (statement.Reports.Count > 0)
        {
            WriteRows(console, statement, total);
            WriteMoney(console, total);
        }

        DeliveryView.Write(console, statement.Reports);
        WriteKnown(console, statement.Reports);
        WriteReasons(console, total);
        WriteOrigins(console, total);
        WriteRemoved(console, total);
        PendingView.Write(console, statement, total);
        WriteWarnings(console, total);
        WriteBalance(console, statement, total);
        DriftView.Write(console, statement.Reports);
        ProofView.Write(console, statement.Reports);
        WriteNext(console, statement, total);
    }

    private static void WriteRows(IAnsiConsole console, IngestStatement statement, IngestReport total)
    {
        Table table = new(
            new("Source", ColumnKind.LongText),
            new("Read", ColumnKind.Number),
            new("Stored", ColumnKind.Number),
            new("Duplicate", ColumnKind.Number),
            new("Conflict", ColumnKind.Number),
            new("Quarantined", ColumnKind.Number));
        foreach (IngestReport report in statement.Reports)
        {
            table.Add(Rows(report.Source, report));
        }

        if (statement.Reports.Count > 1)
        {
            table.AddTotal(Rows("Total rows", total));
        }

        table.WriteTo(console);
        console.WriteLine();
    }

    private static Cell[] Rows(string name, IngestReport report) =>
    [
        name,
        Figures.Count(report.Read.Rows),
        Figures.Count(report.Stored.Rows),
        Figures.Count(report.Duplicate.Rows),
        new Cell(Figures.Count(report.Conflict.Rows), report.Conflict.Rows > 0 ? Styles.Bad : null),
        new Cell(Figures.Count(report.Quarantined.Rows), report.Quarantined.Rows > 0 ? Styles.Attention : null),
    ];

    private static void WriteMoney(IAnsiConsole console, IngestReport total)
    {
        Table table = MoneyTable.Create("Quarantined");
        ControlTotals everything = total.Read + total.Stored + total.Duplicate + total.Conflict + total.Quarantined;
        foreach (string currency in everything.Money.Keys)
        {
            table.Add(
                currency.Length == 0 ? "(no code)" : currency,
                Figures.Amount(total.Read[currency], currency),
                Figures.Amount(total.Stored[currency], currency),
                Figures.Amount(total.Duplicate[currency], currency),
                Figures.Amount(total.Conflict[currency], currency),
                Figures.Amount(total.Quarantined[currency], currency));
        }

        string reporting = total.ReportingCurrency;
        table.AddTotal("in " + reporting, "", Figures.Total(total.StoredInReportingCurrency[reporting], reporting), "", "", "");
        table.WriteTo(console);
        console.WriteLine();
    }

    private static void WriteKnown(IAnsiConsole console, IReadOnlyList<IngestReport> reports)
    {
        IngestReport[] known = [.. reports.Where(report => report.KnownFrom is not null)];
        foreach (IngestReport report in known.Take(MostKnown))
        {
            Sentence.Write(console, $"{report.Source} is known: run {report.KnownFrom} took the same bytes. Its rows were not read again.", Styles.Quiet);
        }

        if (known.Length > MostKnown)
        {
            Sentence.Write(console, $"{Figures.Count(known.Length - MostKnown, "more source")} are known in the same way; --json names their runs.", Styles.Quiet);
        }

        if (known.Length > 0)
        {
            Sentence.Write(console, "To read what is known all the same: --reread", Styles.Quiet);
            console.WriteLine();
        }
    }

    private static void WriteReasons(IAnsiConsole console, IngestReport total)
    {
        if (total.Reasons.Count == 0)
        {
            return;
        }

        Table table = new(new("Quarantined because"), new("Rows", ColumnKind.Number), new("Meaning", ColumnKind.LongText, IsOptional: true));
        foreach ((string reason, long rows) in total.Reasons.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal))
        {
            table.Add(reason, Figures.Count(rows), new Cell(ReasonText.Of(reason), Styles.Quiet));
        }

        table.WriteTo(console);
        console.WriteLine();
    }

    private static void WriteOrigins(IAnsiConsole console, IngestReport total)
    {
        if (total.DuplicatesFromOtherSources.Count == 0)
        {
            return;
        }

        Table table = new(new("Duplicates of other sources", ColumnKind.LongText), new("Rows", ColumnKind.Number));
        foreach (DuplicateOrigin origin in total.DuplicatesFromOtherSources)
        {
            table.Add(origin.Source, Figures.Count(origin.Rows));
        }

        table.WriteTo(console);
        console.WriteLine();
    }

    private static void WriteRemoved(IAnsiConsole console, IngestReport total)
    {
        if (total.Removed.Rows > 0)
        {
            Sentence.Write(console, $"Of the duplicates, these were removed on purpose before, and stay removed: {TotalsText.Of(total.Removed)}. To see the removals: billing entries", Styles.Attention);
            console.WriteLine();
        }
    }

    private static void WriteWarnings(IAnsiConsole console, IngestReport total)
    {
        foreach (string warning in total.Warnings)
        {
            Sentence.Write(console, "warning: " + warning, Styles.Attention);
        }

        if (total.Warnings.Count > 0)
        {
            console.WriteLine();
        }
    }

    private static void WriteBalance(IAnsiConsole console, IngestStatement statement, IngestReport total)
    {
        string sum = $"read {Figures.Count(total.Read.Rows)} = stored {Figures.Count(total.Stored.Rows)}"
            + $" + duplicate {Figures.Count(total.Duplicate.Rows)} + conflict {Figures.Count(total.Conflict.Rows)}"
            + $" + quarantined {Figures.Count(total.Quarantined.Rows)}";
        IngestReport[] wrong = [.. statement.Reports.Where(report => !report.IsBalanced && !report.EndedEarly)];
        if (wrong.Length == 0)
        {
            // What was read balances; a source that was not read to its end has more.
            IngestReport[] early = [.. statement.Reports.Where(report => report.EndedEarly)];
            IngestReport[] cut = [.. early.Where(report => report.Proof.Outcome != ProofOutcome.Contradicted && report.Drift is not { IsStopped: true })];
            long notStored = early.Sum(report => report.NotStored.Rows);
            string title = cut.Length == 0 ? "balanced: " : notStored == 0 ? "balanced so far: " : "ended early: ";
            Sentence.Write(console, title + sum + (notStored == 0 ? "" : $" + not stored {Figures.Count(notStored)}"), early.Length == 0 ? Styles.Good : Styles.Attention);
            foreach (IngestReport report in cut)
            {
                Sentence.Write(console, $"{report.Source} was not read to its end.", Styles.Bad);
            }

            return;
        }

        Sentence.Write(console, "NOT BALANCED: " + sum.Replace('=', '≠'), Styles.Bad);
        foreach (IngestReport report in wrong)
        {
            Sentence.Write(console, $"  {report.Source} does not balance. What was stored stays stored; running it again is safe.", Styles.Bad);
        }
    }

    private static void WriteNext(IAnsiConsole console, IngestStatement statement, IngestReport total)
    {
        long rows = total.Quarantined.Rows - total.Pending.Rows + total.Conflict.Rows;
        if (rows == 0 || statement.IsDryRun || statement.Store == "memory:")
        {
            return;
        }

        string what = rows == 1 ? "1 row is in quarantine" : $"{Figures.Count(rows)} rows are in quarantine";
        Sentence.Write(console, $"{what}: billing quarantine list --store {ShellWord.Of(statement.Store)}", Style.Plain);
    }
}
