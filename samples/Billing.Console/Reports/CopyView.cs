using Billing.Console.Views;
using Spectre.Console;
using Table = Billing.Console.Views.Table;

namespace Billing.Console.Reports;

/// <summary>The statement of a copy, for people.</summary>
internal static class CopyView
{
    private const int MostLines = 20;

    public static void Write(IAnsiConsole console, CopyStatement statement)
    {
        WriteMoney(console, statement);
        WriteNotCopied(console, statement);
        WriteDeletions(console, statement);
        Sentence.Write(console, $"quarantined rows {Figures.Count(statement.Quarantined)}, runs {Figures.Count(statement.Runs)}, documents of history {Figures.Count(statement.Documents)}: in {statement.To}", Style.Plain);
        ControlTotals read = statement.Read;
        string sum = $"read {Figures.Count(read.Rows)} = stored {Rows(statement, WriteOutcomeKind.Stored)} + duplicate {Rows(statement, WriteOutcomeKind.Duplicate)}"
            + $" + conflict {Rows(statement, WriteOutcomeKind.Conflict)} + refused {Rows(statement, WriteOutcomeKind.Refused)}";
        if (statement.IsBalanced)
        {
            Sentence.Write(console, (statement.Error is null ? "balanced: " : "balanced so far: ") + sum, statement.Error is null ? Styles.Good : Styles.Attention);
        }
        else
        {
            Sentence.Write(console, "NOT BALANCED: " + sum.Replace('=', '≠'), Styles.Bad);
        }
    }

    private static string Rows(CopyStatement statement, WriteOutcomeKind kind) => Figures.Count(statement[kind].Rows);

    private static void WriteMoney(IAnsiConsole console, CopyStatement statement)
    {
        Table table = MoneyTable.Create("Refused");
        ControlTotals read = statement.Read;
        ControlTotals[] outcomes = [.. Enum.GetValues<WriteOutcomeKind>().Select(kind => statement[kind])];
        if (read.Rows == 0)
        {
            return;
        }

        foreach (string currency in read.Money.Keys)
        {
            table.Add([currency, Figures.Amount(read[currency], currency), .. outcomes.Select(totals => (Cell)Figures.Amount(totals[currency], currency))]);
        }

        table.WriteTo(console);
        console.WriteLine();
    }

    private static void WriteNotCopied(IAnsiConsole console, CopyStatement statement)
    {
        foreach ((BillingRecord record, WriteOutcome outcome) in statement.NotCopied.Take(MostLines))
        {
            Sentence.Write(console, $"{(outcome.Kind == WriteOutcomeKind.Conflict ? "conflict" : "refused")}: {record.Source}, key {record.Key}", Styles.Bad);
            Sentence.Write(console, outcome.Detail ?? "", indent: 2);
        }

        WriteRest(console, statement[WriteOutcomeKind.Conflict].Rows + statement[WriteOutcomeKind.Refused].Rows, "conflicts and refusals");
    }

    private static void WriteDeletions(IAnsiConsole console, CopyStatement statement)
    {
        foreach (StoreDifference deletion in statement.Deletions.Take(MostLines))
        {
            string what = deletion.IsQuarantined ? "quarantined row" : "record";
            Sentence.Write(console, $"only in {statement.To}: {what} of {deletion.Source}, key {deletion.Key}", Styles.Attention);
        }

        WriteRest(console, statement.DeletionCount, "that only the target has");
    }

    private static void WriteRest(IAnsiConsole console, long count, string what)
    {
        if (count > MostLines)
        {
            Sentence.Write(console, $"  and {Figures.Count(count - MostLines)} more {what}; --json names {Figures.Count(CopyStatement.MostNamed)}", Styles.Attention);
        }
    }
}
