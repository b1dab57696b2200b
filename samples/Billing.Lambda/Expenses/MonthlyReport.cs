using CsvHelper;

namespace Billing.Lambda.Expenses;

/// <summary>
/// Writes the expenses of one month, by the date of each record as in queries and totals, as CSV: RFC 4180 in UTF-8 without byte order mark, lines ending in CR LF, one line per record in the order of the store (date, then key).
/// The same records give the same bytes. Text that a spreadsheet would run as a formula has an apostrophe before it.
/// </summary>
internal static class MonthlyReport
{
    private const int PageSize = 1_000;

    private static readonly string[] s_header =
        ["Expense ID", "Amount", "Date", "Description", "Currency", "Reporting Amount", "Reporting Currency", "Category", "Party"];

    /// <summary>Returns the name of a month's report, such as <c>2025-06-expense-report.csv</c>.</summary>
    public static string NameOf(YearMonth month) => $"{month}-expense-report.csv";

    /// <summary>Writes the records of a month, page by page. The stream stays open.</summary>
    /// <param name="store">The ledger.</param>
    /// <param name="month">The month.</param>
    /// <param name="output">The stream for the report.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The number of records.</returns>
    public static async Task<long> WriteAsync(IBillingStore store, YearMonth month, Stream output, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(output);
        CsvWriter csv = CsvWriter.Create(output, new CsvWriterOptions { Injection = CsvInjection.Escape, NewLine = "\r\n" }, leaveOpen: true);
        await using (csv)
        {
            foreach (string column in s_header)
            {
                csv.WriteField(column);
            }

            await csv.EndRecordAsync(cancellationToken);
            long rows = 0;
            RecordQuery query = new() { From = month.First, To = month.Last, PageSize = PageSize };
            Page<BillingRecord> page;
            do
            {
                page = await store.QueryAsync(query, cancellationToken);
                foreach (BillingRecord record in page.Items)
                {
                    Write(csv, record);
                    await csv.EndRecordAsync(cancellationToken);
                    rows++;
                }

                await csv.FlushAsync(cancellationToken);
                query = query with { ContinuationToken = page.ContinuationToken };
            }
            while (page.ContinuationToken is not null);

            return rows;
        }
    }

    // The writer gets amounts and dates as numbers and dates, so it never takes them for formulas: -5.00 stays -5.00.
    private static void Write(CsvWriter csv, BillingRecord record)
    {
        csv.WriteField(record.SourceId ?? record.Key.ToString());
        csv.WriteField(record.Amount.Amount, default);
        csv.WriteField(record.Date, default);
        csv.WriteField(record.Description);
        csv.WriteField(record.Amount.Currency.Code);
        csv.WriteField(record.ReportingAmount.Amount, default);
        csv.WriteField(record.ReportingAmount.Currency.Code);
        csv.WriteField(record.Category);
        csv.WriteField(record.Party);
    }
}
