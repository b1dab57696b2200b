using Billing.Console.Views;
using Spectre.Console;
using Table = Billing.Console.Views.Table;

namespace Billing.Console.Reports;

/// <summary>What taking something back did, for people.</summary>
internal static class RevertView
{
    public static void Write(IAnsiConsole console, RevertStatement statement)
    {
        LedgerEntry entry = statement.Entries[^1];
        Sentence.Write(console, $"Taken back: {(statement.Run is { } run ? $"run {run.RunId} of {run.Source}" : EntryText.Of(statement.Entry!))}", Styles.Heading);
        foreach (LedgerEntry replay in statement.Entries.SkipLast(1))
        {
            Sentence.Write(console, $"With it: run {replay.Of}, a replay of its quarantined rows.");
        }

        console.WriteLine();
        (RevertedRecords What, string? RunId, ControlTotals Totals)[] shares = [.. statement.Shares];
        if (shares.Length == 0)
        {
            Sentence.Write(console, "No record changed: nothing of it is stored.");
        }
        else
        {
            WriteShares(console, statement, shares);
        }

        string difference = string.Join(", ", TotalsText.Money(statement.Difference));
        Sentence.Write(console, $"in the reporting currency: {(difference.Length == 0 ? "no difference" : difference)}");
        Sentence.Write(console, $"quarantine: {Figures.Count(statement.Closed, "row")} closed, {Figures.Count(statement.Opened)} opened again");
        Sentence.Write(console, $"entry {entry.Id}: what was there is kept, see billing entries {entry.Id}", Styles.Quiet);
        Sentence.Write(console, statement.Run switch
        {
            null => "What it had changed is again as it was before.",
            { ReplayOf: not null } => "Its rows are in quarantine again: billing quarantine list",
            { Source: var source } => $"{source} can be ingested again.",
        }, Styles.Good);
    }

    private static void WriteShares(IAnsiConsole console, RevertStatement statement, (RevertedRecords What, string? RunId, ControlTotals Totals)[] shares)
    {
        string[] codes = [.. shares.SelectMany(share => share.Totals.Money.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        Table table = new(
        [
            new("Records"),
            new("Of", ColumnKind.LongText, IsOptional: true),
            new("Rows", ColumnKind.Number),
            .. codes.Select(code => new Column(code, ColumnKind.Money)),
            new("Run", IsOptional: true, GoesBelow: true),
        ]);
        foreach ((RevertedRecords what, string? runId, ControlTotals totals) in shares)
        {
            table.Add(
            [
                Text(what),
                runId is null ? "" : statement.Sources.GetValueOrDefault(runId, ""),
                Figures.Count(totals.Rows),
                .. codes.Select(code => (Cell)(totals.Money.ContainsKey(code) ? Figures.Amount(totals[code], code) : "")),
                new Cell(runId, Styles.Quiet),
            ]);
        }

        table.WriteTo(console);
        console.WriteLine();
    }

    private static string Text(RevertedRecords what) => what switch
    {
        RevertedRecords.TakenOut => "taken out",
        RevertedRecords.Stays => "stays, delivered by others too",
        RevertedRecords.Restored => "again as before",
        _ => "put back",
    };
}
