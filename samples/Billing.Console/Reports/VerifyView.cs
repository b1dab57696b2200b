using Billing.Console.Views;
using Spectre.Console;

namespace Billing.Console.Reports;

/// <summary>A verification, for people.</summary>
internal static class VerifyView
{
    private const int LongestValue = 200;

    public static void Write(IAnsiConsole console, StoreFault fault)
    {
        Sentence.Write(console, fault.Key is { } key ? $"wrong: {fault.Source}, key {key}" : fault.RunId.Length == 0 ? "wrong: the seals" : $"wrong: {(fault.Kind is StoreFaultKind.History ? "" : "run ")}{fault.RunId}", Styles.Bad);
        Sentence.Write(console, fault.Detail, indent: 2);
    }

    public static void Write(IAnsiConsole console, StoreDifference difference)
    {
        string what = difference.IsQuarantined ? "quarantined row" : "record";
        string how = difference.Kind switch
        {
            StoreDifferenceKind.MissingInOther => "missing in the other store",
            StoreDifferenceKind.OnlyInOther => "only in the other store",
            _ => "different",
        };
        Sentence.Write(console, $"{how}: {what} of {difference.Source}, key {difference.Key}", Styles.Bad);
        foreach (FieldDifference field in difference.Fields)
        {
            Sentence.Write(console, $"{field.Field}: {Value(field.Value)} here, {Value(field.OtherValue)} there", indent: 2);
        }
    }

    public static void WriteEnd(IAnsiConsole console, VerifyResult result)
    {
        ControlTotals records = result.Verification.Records;
        string money = string.Concat(records.Money.Select(sum => $", {Figures.Amount(sum.Value, sum.Key)} {sum.Key}"));
        string found = $"{Figures.Count(records.Rows, "record")}{money}; {Figures.Count(result.Verification.Runs, "run")}";
        Sentence.Write(
            console,
            result.Faults == 0 ? $"verified: {result.Store}: {found}" : $"NOT VERIFIED: {result.Store}: {Figures.Count(result.Faults, "fault")} in {found}",
            result.Faults == 0 ? Styles.Good : Styles.Bad);
        foreach ((string why, long count) in result.Verification.NotRecomputed)
        {
            Sentence.Write(console, $"not recomputed: a part of {Figures.Count(count, "record")}: {why}", Styles.Attention);
        }

        foreach (StoreFault open in result.NotSealed)
        {
            Sentence.Write(console, $"not sealed: {open.Detail}", Styles.Attention);
        }

        if (result.Faults == 0 && result.Last is { } last)
        {
            Sentence.Write(console, result.Head is { } head
                ? $"proved: {Figures.Count(last.Number, "seal")}, which lead to the head of seal {Figures.Count(head.Number)}: nothing was edited, removed or cut off since"
                : $"sealed: {Figures.Count(last.Number, "seal")}. Only a head that is kept elsewhere proves more: billing seal, then --head", Styles.Good);
        }

        if (result.Comparison is { } comparison)
        {
            string compared = $"{Figures.Count(comparison.Records)} and {Figures.Count(comparison.OtherRecords, "record")}";
            Sentence.Write(
                console,
                result.Differences == 0 ? $"no difference: {compared} of {result.Store} and {result.Against}" : $"DIFFERENT: {Figures.Count(result.Differences, "difference")} between {compared} of {result.Store} (here) and {result.Against} (there)",
                result.Differences == 0 ? Styles.Good : Styles.Bad);
        }
    }

    private static string Value(string? value) => value is null ? "nothing" : $"'{Printable.Start(value, LongestValue)}'";
}
