using System.Globalization;
using Billing.Console.Views;
using Spectre.Console;

namespace Billing.Console.Reports;

/// <summary>What is in a bundle for an auditor, for people.</summary>
internal static class AuditView
{
    public static void Write(IAnsiConsole console, string store, string output, (DateOnly From, DateOnly To)? period, AuditBundleReport report)
    {
        string dates = period is { } found ? string.Create(CultureInfo.InvariantCulture, $", {found.From:yyyy-MM-dd} to {found.To:yyyy-MM-dd}") : "";
        Sentence.Write(
            console,
            $"exported: {store}{dates}, to {output}: {Figures.Count(report.Records, "record")}, {Figures.Count(report.Quarantined)} in quarantine, {Figures.Count(report.Runs, "run")}, {Figures.Count(report.Entries)} entries, {Figures.Count(report.Changes, "change")}, {Figures.Count(report.Seals, "seal")}",
            Styles.Good);
        if (report.NotSealed > 0)
        {
            Sentence.Write(console, $"{Figures.Count(report.NotSealed)} runs and entries are not sealed, and nothing proves them. billing seal seals those that have ended; then export again.", Styles.Attention);
        }

        Sentence.Write(console, "Give the auditor a head that was kept before (billing seal --out), by another way than the bundle. SHA-256 of the manifest:");
        console.Profile.Out.Writer.WriteLine(report.ManifestSha256);
    }
}
