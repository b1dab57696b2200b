using Billing.Console.Views;
using Spectre.Console;

namespace Billing.Console.Reports;

/// <summary>How sources compare with earlier runs, for people. What a completed run found is among its warnings.</summary>
internal static class DriftView
{
    public static void Write(IAnsiConsole console, IReadOnlyList<IngestReport> reports)
    {
        foreach (IngestReport report in reports.Where(report => report.Drift is not null))
        {
            IngestDrift drift = report.Drift!;
            string name = reports.Count == 1 ? "" : $"{report.Source}: ";
            if (drift.IsStopped)
            {
                Sentence.Write(console, $"stopped: {report.Source} differs from earlier runs: nothing of it is stored", Styles.Bad);
                foreach (DriftFinding finding in drift.Findings)
                {
                    Sentence.Write(console, finding.ToString(), Styles.Bad, indent: 2);
                }
            }
            else if (drift.Findings.Count == 0)
            {
                Sentence.Write(console, $"{name}{drift}", drift.NotCompared is null ? Styles.Good : Styles.Quiet);
            }
        }
    }
}
