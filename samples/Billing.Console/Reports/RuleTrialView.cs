using Billing.Console.Views;
using Spectre.Console;
using Table = Billing.Console.Views.Table;

namespace Billing.Console.Reports;

/// <summary>What other rules would change, for people.</summary>
internal static class RuleTrialView
{
    public static void Write(IAnsiConsole console, RuleTrialReport report)
    {
        if (report.Records.Rows == 0)
        {
            console.WriteLine("No records.");
            return;
        }

        string[] codes = [.. report.Records.Money.Keys];
        Table table = new(
        [
            new("Has", ColumnKind.LongText),
            new("Would get", ColumnKind.LongText),
            new("Rows", ColumnKind.Number),
            .. codes.Select(code => new Column("in " + code, ColumnKind.Money)),
        ]);
        foreach (CategoryMove move in report.Moves)
        {
            Add(table, move.From ?? "(none)", move.To ?? "(none)", move.Totals, codes);
        }

        if (report.Refused.Rows > 0)
        {
            Add(table, "(any)", "would be quarantined", report.Refused, codes);
        }

        Add(table, "(any)", "unchanged", report.Unchanged, codes);
        table.AddTotal(["Total", "", Figures.Count(report.Records.Rows), .. codes.Select(code => (Cell)Figures.Total(report.Records[code], code))]);
        table.WriteTo(console);
        foreach (RuleUse rule in report.Rules.Where(rule => rule.NeverMatches))
        {
            Sentence.Write(console, $"Rule '{rule.Name}' matches no record.");
        }

        foreach (RuleUse rule in report.Rules.Where(rule => rule.IsShadowed))
        {
            Sentence.Write(console, $"Rule '{rule.Name}' matches {Figures.Count(rule.Matches)} records, but decides none: earlier rules do ({string.Join(", ", rule.ShadowedBy.Select(earlier => $"'{earlier}'"))}).");
        }

        Sentence.Write(console, "Nothing was changed.");
    }

    private static void Add(Table table, string from, string to, ControlTotals totals, string[] codes) =>
        table.Add([from, to, Figures.Count(totals.Rows), .. codes.Select(code => (Cell)(totals.Money.ContainsKey(code) ? Figures.Total(totals[code], code) : ""))]);
}
