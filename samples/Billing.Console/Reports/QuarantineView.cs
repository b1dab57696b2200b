using Billing.Console.Views;
using Spectre.Console;

namespace Billing.Console.Reports;

/// <summary>Quarantined rows, for people: where and why, what to do, the row itself.</summary>
internal static class QuarantineView
{
    private const int LongestRow = 400;

    public static void Write(IAnsiConsole console, IReadOnlyList<QuarantinedRecord> records, string? token)
    {
        foreach (QuarantinedRecord record in records)
        {
            console.Write(Printable.Of(record.Source.ToString()), Styles.Heading);
            console.Write("  ");
            console.Write(Printable.Of(record.Reason), Styles.Attention);
            if (record.ResolvedByRunId is { } run)
            {
                console.Write($"  stored by run {Printable.Of(run)}", Styles.Good);
            }
            else if (record.Dismissal is { } reason)
            {
                console.Write($"  dismissed: {Printable.Of(reason)}", Styles.Good);
            }

            else if (record.PostedAs is { } posted)
            {
                console.Write($"  posted as {posted}", Styles.Good);
            }
            else if (record.SupersededByRunId is { } delivery)
            {
                console.Write($"  left out by run {Printable.Of(delivery)}", Styles.Good);
            }

            console.WriteLine();
            console.WriteLine($"  {record.Key}", Styles.Quiet);
            Sentence.Write(console, record.Detail, indent: 2);
            Sentence.Write(console, Printable.Start(record.RawText, LongestRow), Styles.Quiet, indent: 2);
            console.WriteLine();
        }

        ListingEnd.Write(console, records.Count, "row in quarantine", "rows in quarantine", token);
    }
}
