using System.Globalization;
using Billing.Console.Commands;
using Billing.Console.Views;

namespace Billing.Console.Reports;

/// <summary>Whether a month is open or closed, in words.</summary>
internal static class MonthState
{
    public static IEnumerable<string> Of(MonthDocument document)
    {
        if (document.WasClosed == false)
        {
            yield return $"Nothing changed in {document.Report.Month} since it was closed, so nothing was written.";
        }

        if (document.LastClosing is not { } last)
        {
            yield return $"{document.Report.Month} is open. billing report --month {document.Report.Month} --close closes it.";
            yield break;
        }

        if (document.Closing is null)
        {
            yield return "This is not the closed report: other terms were stated.";
        }

        yield return Closed(document.Closing ?? last) + Changes(document);
        if (document.ChangesUnknown is { } unknown)
        {
            yield return $"What changed since cannot be stated. {unknown}";
        }

        if ((document.Closing ?? last).Incomplete is { Count: > 0 } open)
        {
            yield return $"It was closed although it was not complete: {string.Join("; ", open)}.";
        }

        if (document.Closing is { } closing)
        {
            yield return document.Report.Sha256 == closing.Sha256
                ? $"SHA-256 of its CSV: {closing.Sha256}"
                : "Text of a party was erased since. The figures are those that were closed; the SHA-256 of the CSV is not.";
        }
    }

    /// <summary>What changed, such as <c>2 changes since: 1 added, 0 taken away, 1 changed; total difference 3.00 USD</c>.</summary>
    private static string Changes(MonthDocument document) => document switch
    {
        { Restatement: { Closing: null } open } => $"; {Figures.Count(open.Count, "change")} since: {Figures.Count(open.Added.Count)} added, {Figures.Count(open.TakenAway.Count)} taken away, {Figures.Count(open.Changed.Count)} changed; total difference {Difference(open)}. Closed again, {(open.Count == 1 ? "it becomes" : "they become")} restatement {Figures.Count(open.Number)}.",
        { Closing: { } closing, LastClosing: { } last } when closing.Number < last.Number => $"; restated since, last as restatement {Figures.Count(last.Number)}.",
        _ => ".",
    };

    private static string Closed(MonthClosing closing) => string.Create(
        CultureInfo.InvariantCulture,
        $"{closing.Month} was closed {closing.ClosedAt.UtcDateTime:yyyy-MM-dd}{(closing.Number > 0 ? $" as restatement {closing.Number}" : "")} by entry {closing.EntryId}{(closing.Reason is null ? "" : $" ({closing.Reason})")}");

    private static string Difference(MonthRestatement restatement) => string.Join(", ", TotalsText.Money(restatement.Difference)) is { Length: > 0 } money ? money : "nothing";
}
