using System.Globalization;

namespace Billing.Sentences;

/// <summary>What a reader must know of a report beside its figures, in sentences that every form of it has.</summary>
internal static class ReportNotes
{
    /// <param name="report">The report.</param>
    /// <param name="note">A sentence of the caller, or null.</param>
    public static IEnumerable<string> Of(MonthReport report, string? note)
    {
        if (note is not null)
        {
            yield return note;
        }

        yield return report.Zone is null ? "Records count by their dates." : $"Records with an instant count by the clocks of {report.Zone}, others by their dates.";
        if (report.Rules is not null)
        {
            yield return $"Categories by other rules: {report.Rules}.";
        }

        if (report.Rates is not null)
        {
            yield return $"Amounts at other rates: {report.Rates}.";
        }

        if (report.Refused.Rows > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"A requirement of the rules does not let {report.Refused.Rows:N0} of the records pass. They count with the category that is stored.");
        }

        yield return $"SHA-256 of the CSV of the lines: {report.Sha256}";
    }
}
