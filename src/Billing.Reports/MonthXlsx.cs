using Billing.Workbooks;

namespace Billing;

/// <summary>
/// Writes the report of a month as an XLSX workbook. The same report gives the same bytes. A spreadsheet keeps numbers as binary floating point of 15 digits: an amount with more is text,
/// with every digit, and the first sheet says how many there are. Text is text in every cell, and never a formula.
/// </summary>
public static class MonthXlsx
{
    /// <summary>Writes a workbook. The stream stays open; the workbook is in memory until it is whole.</summary>
    /// <param name="report">The report.</param>
    /// <param name="output">The stream.</param>
    /// <param name="note">A sentence below the title, such as when the month was closed; or null.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public static async Task WriteAsync(MonthReport report, Stream output, string? note = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(output);
        using MemoryStream workbook = new();
        await MonthWorkbook.WriteAsync(report, note, workbook, cancellationToken).ConfigureAwait(false);
        workbook.Position = 0;
        await TimelessZip.CopyAsync(workbook, output, cancellationToken).ConfigureAwait(false);
    }
}
