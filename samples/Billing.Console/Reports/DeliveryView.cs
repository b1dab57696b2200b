using Billing.Console.Views;
using Spectre.Console;

namespace Billing.Console.Reports;

/// <summary>What deliveries replaced, for people.</summary>
internal static class DeliveryView
{
    public static void Write(IAnsiConsole console, IEnumerable<IngestReport> reports)
    {
        bool any = false;
        foreach (IngestReport report in reports.Where(report => report.Delivery is not null))
        {
            Sentence.Write(console, $"{Of(report)}{(report.Superseded.Rows > 0 ? $" To see them: billing entries {report.RunId}" : "")}", report.Superseded.Rows > 0 ? Styles.Attention : Style.Plain);
            any = true;
        }

        if (any)
        {
            console.WriteLine();
        }
    }

    /// <summary>What one delivery replaced.</summary>
    public static string Of(IngestReport report) => report switch
    {
        { Status: not RunStatus.Completed, Superseded.Rows: 0 } => $"{report.Source} was to be the whole of {report.Delivery}.",
        { Superseded.Rows: 0 } => $"{report.Source} is the whole of {report.Delivery}. Nothing that was stored is superseded.",
        _ => $"{report.Source} is the whole of {report.Delivery}. Superseded, because {report.Source} does not have them or has them with other content: {TotalsText.Of(report.Superseded)}.",
    };
}
