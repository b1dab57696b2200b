using System.Text;
using Billing.Pages;

namespace Billing;

/// <summary>
/// Writes the report of a month as one HTML page to read and print: no script, nothing from elsewhere, tables with headings, every text escaped. The same report gives the same bytes.
/// </summary>
public static class MonthHtml
{
    /// <summary>Writes a page in UTF-8. The stream stays open.</summary>
    /// <param name="report">The report.</param>
    /// <param name="output">The stream.</param>
    /// <param name="note">A sentence below the title, such as when the month was closed; or null.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public static async Task WriteAsync(MonthReport report, Stream output, string? note = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(output);
        StreamWriter writer = new(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
        await using (writer.ConfigureAwait(false))
        {
            await new MonthPage(report, note, writer).WriteAsync(cancellationToken).ConfigureAwait(false);
            await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
