using Billing.Console.Views;
using Spectre.Console;

namespace Billing.Console.Reports;

/// <summary>Whether what the senders state comes out, for people.</summary>
internal static class ProofView
{
    public static void Write(IAnsiConsole console, IReadOnlyList<IngestReport> reports)
    {
        foreach (IngestReport report in reports.Where(report => report.Proof.Outcome == ProofOutcome.Contradicted))
        {
            Sentence.Write(console, $"contradicted: {report.Source}: nothing of it is stored", Styles.Bad);
            foreach (string what in report.Proof.Figures.Where(figure => figure.IsContradicted).Select(figure => figure.ToString()).Concat(report.Proof.Problems))
            {
                Sentence.Write(console, what, Styles.Bad, indent: 2);
            }
        }

        foreach (IngestReport report in reports.Where(report => report.Proof.Outcome == ProofOutcome.Proved))
        {
            Sentence.Write(console, reports.Count == 1 ? report.Proof.ToString() : $"{report.Source}: {report.Proof}", Styles.Good);
        }

        // A replay has no source of its own, of which anything could be stated.
        int unproved = reports.Count(report => report.Proof.Outcome == ProofOutcome.Unproved && report is { Status: RunStatus.Completed, Sha256: not null });
        if (unproved > 0)
        {
            Sentence.Write(console, reports.Count == 1 ? reports[0].Proof.ToString() : $"unproved: no totals were stated of {Figures.Count(unproved, "source")}", Styles.Quiet);
        }
    }
}
