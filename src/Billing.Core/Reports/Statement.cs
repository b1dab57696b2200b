using System.Globalization;
using System.Text;

namespace Billing.Reports;

/// <summary>Writes a report as the balanced statement that people read: one line per outcome, one column per currency.</summary>
internal static class Statement
{
    public static string Of(IngestReport report)
    {
        (string Name, ControlTotals Totals)[] lines =
        [
            ("read", report.Read),
            ("stored", report.Stored),
            ("duplicate", report.Duplicate),
            ("conflict", report.Conflict),
            ("quarantined", report.Quarantined),
        ];
        if (report.Pending.Rows > 0)
        {
            lines = [.. lines, ("- of these pending", report.Pending)];
        }

        if (report.EndedEarly && !report.IsBalanced)
        {
            lines = [.. lines, ("not stored", report.NotStored)];
        }

        string[] codes = [.. report.Read.Money.Keys];
        string[][] table =
        [
            ["", "rows", .. codes.Select(code => code.Length == 0 ? "(none)" : code)],
            .. lines.Select(line => (string[])[line.Name, Rows(line.Totals), .. codes.Select(code => line.Totals[code].ToString())]),
        ];
        int[] widths = [.. Enumerable.Range(0, table[0].Length).Select(column => table.Max(row => row[column].Length))];

        StringBuilder text = new(report.IsDryRun ? "dry run: nothing is stored\n" : "");
        text.Append(CultureInfo.InvariantCulture, $"{report.Source}: {(report.Status == RunStatus.Completed ? "completed" : report.Status == RunStatus.Failed ? "failed" : "running")}, {(report.Proof.Outcome == ProofOutcome.Contradicted ? "contradicted, nothing is stored" : report.Drift is { IsStopped: true } ? "stopped by drift, nothing is stored" : report.EndedEarly ? "ended early" : report.IsBalanced ? "balanced" : "NOT BALANCED")}\n");
        foreach (string[] row in table)
        {
            text.Append("  ").Append(row[0].PadRight(widths[0]));
            for (int column = 1; column < row.Length; column++)
            {
                text.Append("  ").Append(row[column].PadLeft(widths[column]));
            }

            text.Append('\n');
        }

        text.Append(CultureInfo.InvariantCulture, $"  stored, in {report.ReportingCurrency}: {Rounded(report.StoredInReportingCurrency[report.ReportingCurrency], report.ReportingCurrency)}\n");
        if (report is { Status: RunStatus.Completed, Sha256: not null } || report.Proof.Outcome == ProofOutcome.Contradicted)
        {
            text.Append("  ").Append(report.Proof).Append('\n');
        }

        Append(text, "known", report.KnownFrom is { } known ? [$"run {known} took the same bytes; the rows were not read again"] : []);
        Append(text, "replaces", report.Delivery is { } delivery ? [delivery.ToString()] : []);
        Append(text, "superseded", report.Delivery is null ? [] : [report.Superseded.ToString()]);
        Append(text, "pending rows that posted records replaced", report.PendingReplaced.Rows > 0 ? [report.PendingReplaced.ToString()] : []);
        Append(text, "removed on purpose, and stay removed", report.Removed.Rows > 0 ? [report.Removed.ToString()] : []);
        Append(text, "taken back", report.RevertedBy is { } entry ? [$"by entry {entry}"] : []);
        Append(text, "reasons", report.Reasons.Select(reason => $"{reason.Key} {reason.Value}"));
        Append(text, "duplicates from other sources", report.DuplicatesFromOtherSources.Select(origin => $"{origin.Source} {origin.Rows}"));
        foreach (string warning in report.Warnings)
        {
            Append(text, "warning", [warning]);
        }

        if (report.Error is not null)
        {
            Append(text, "error", [report.Error]);
        }

        return text.ToString().TrimEnd('\n');
    }

    // Single amounts keep the decimals that their rate gives them (0.0036 EUR); a total has those of its currency.
    private static ExactSum Rounded(ExactSum sum, string currencyCode) => Currency.TryParse(currencyCode, out Currency? currency) && currency.MinorUnits is { } decimals ? sum.Rounded(decimals) : sum;

    private static string Rows(ControlTotals totals) => totals.Rows.ToString(CultureInfo.InvariantCulture);

    private static void Append(StringBuilder text, string name, IEnumerable<string> items)
    {
        string joined = string.Join(", ", items);
        if (joined.Length > 0)
        {
            text.Append("  ").Append(name).Append(": ").Append(joined).Append('\n');
        }
    }
}
