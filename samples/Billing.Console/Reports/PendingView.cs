using System.Globalization;
using Billing.Console.Views;
using Spectre.Console;
using Table = Billing.Console.Views.Table;

namespace Billing.Console.Reports;

/// <summary>Pending rows, for people.</summary>
internal static class PendingView
{
    /// <summary>What a statement says of them.</summary>
    public static void Write(IAnsiConsole console, IngestStatement statement, IngestReport total)
    {
        if (total.Pending.Rows > 0)
        {
            Sentence.Write(console, $"Of the quarantined, these are pending, and in no sum until they are posted: {TotalsText.Of(total.Pending)}.{(statement.IsDryRun || statement.Store == "memory:" ? "" : $" To see them: billing pending --store {ShellWord.Of(statement.Store)}")}", Styles.Attention);
        }

        if (total.PendingReplaced.Rows > 0)
        {
            Sentence.Write(console, $"Posted records replaced what was pending: {TotalsText.Of(total.PendingReplaced)}.", Style.Plain);
        }

        if (total.Pending.Rows + total.PendingReplaced.Rows > 0)
        {
            console.WriteLine();
        }
    }

    /// <summary>A list of them, with the records that they could be.</summary>
    public static void Write(IAnsiConsole console, string store, IReadOnlyList<PendingTransaction> rows, IReadOnlyDictionary<RecordKey, BillingRecord> candidates, string none)
    {
        if (rows.Count == 0)
        {
            Sentence.Write(console, none, Styles.Good);
            return;
        }

        Table table = new(
            new("Date"),
            new("Party", ColumnKind.LongText),
            new("Amount", ColumnKind.Number),
            new("Currency"),
            new("State"),
            new("Source", ColumnKind.LongText),
            new("Scope", ColumnKind.LongText, IsOptional: true));
        foreach (PendingTransaction row in rows)
        {
            table.Add(
                Date(row.Date),
                row.Party ?? "",
                Figures.Amount(ExactSum.From(row.Amount), row.CurrencyCode),
                row.CurrencyCode,
                new Cell(row.State.ToString().ToLowerInvariant(), row.State is PendingState.Asked or PendingState.Lapsed ? Styles.Attention : null),
                row.Source.ToString(),
                row.Scope ?? "");
        }

        table.WriteTo(console);
        string of = $"--store {ShellWord.Of(store)}";
        foreach (PendingTransaction row in rows.Where(row => row.State == PendingState.Asked))
        {
            console.WriteLine();
            Sentence.Write(console, $"{row.Source}, {Date(row.Date)}, {Figures.Amount(ExactSum.From(row.Amount), row.CurrencyCode)} {row.CurrencyCode}: which of these is it, if any?", Styles.Attention);
            foreach (BillingRecord candidate in row.Candidates.Where(candidates.ContainsKey).Select(key => candidates[key]))
            {
                Sentence.Write(console, $"billing pending settle {ShellWord.Of(row.Source.ToString())} {ShellWord.Of(candidate.Source.ToString())} {of}   ({Date(candidate.Date)}, {Figures.WithCode(candidate.Amount)})", indent: 2);
            }

            Sentence.Write(console, $"billing pending dismiss {ShellWord.Of(row.Source.ToString())} --reason \"it was released\" {of}", indent: 2);
        }

        if (rows.Any(row => row.State == PendingState.Lapsed))
        {
            console.WriteLine();
            Sentence.Write(console, "What is lapsed is pending for longer than its layout states. Most likely it was released: billing pending dismiss", Styles.Attention);
        }
    }

    private static string Date(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
