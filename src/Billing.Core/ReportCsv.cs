using CsvHelper;

namespace Billing;

/// <summary>
/// Writes lines of a report as CSV: RFC 4180 in UTF-8 without byte order mark, lines ending in CR LF. The same lines give the same bytes.
/// A text that a spreadsheet would run as a formula has an apostrophe before it; amounts and dates stay as they are, so that -5.00 stays -5.00.
/// </summary>
public static class ReportCsv
{
    private const int RowsAtOnce = 1_000;

    /// <summary>Writes a header and the lines, as they come. The stream stays open.</summary>
    /// <param name="output">The stream.</param>
    /// <param name="columns">The columns, in order.</param>
    /// <param name="lines">The lines, in order.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The number of lines, without the header.</returns>
    public static async Task<long> WriteAsync(Stream output, IReadOnlyList<ReportColumn> columns, IAsyncEnumerable<MonthLine> lines, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(lines);
        CsvWriter csv = CsvWriter.Create(output, new CsvWriterOptions { Injection = CsvInjection.Escape, NewLine = "\r\n" }, leaveOpen: true);
        await using (csv.ConfigureAwait(false))
        {
            foreach (ReportColumn column in columns)
            {
                csv.WriteField(column.Name);
            }

            await csv.EndRecordAsync(cancellationToken).ConfigureAwait(false);
            long rows = 0;
            await foreach (MonthLine line in lines.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                Write(csv, columns, line);
                await csv.EndRecordAsync(cancellationToken).ConfigureAwait(false);
                if (++rows % RowsAtOnce == 0)
                {
                    await csv.FlushAsync(cancellationToken).ConfigureAwait(false);
                }
            }

            await csv.FlushAsync(cancellationToken).ConfigureAwait(false);
            return rows;
        }
    }

    // The writer gets amounts and dates as numbers and dates, so it never takes them for formulas.
    private static void Write(CsvWriter csv, IReadOnlyList<ReportColumn> columns, MonthLine line)
    {
        foreach (ReportColumn column in columns)
        {
            if (column.NumberOf(line) is { } number)
            {
                csv.WriteField(number, default);
            }
            else if (column.DateOf(line) is { } date)
            {
                csv.WriteField(date, default);
            }
            else
            {
                csv.WriteField(column.TextOf(line));
            }
        }
    }
}
