using CsvHelper;

namespace Billing;

/// <summary>
/// The expenses of one month as CSV: RFC 4180 in UTF-8 without byte order mark, lines ended by CR LF, one line per record in the order of the store (date, then key).
/// The same records give the same bytes. Text that a spreadsheet would run as a formula has an apostrophe before it.
/// </summary>
public static class MonthlyReport
{
    private const int PageSize = 1_000;

    // Time zones are at most 14 hours from UTC, and the date of a record may be of any of them.
    private const int DaysAround = 2;

    private static readonly string[] s_header =
        ["Expense ID", "Amount", "Date", "Description", "Currency", "Reporting Amount", "Reporting Currency", "Category", "Party"];

    /// <summary>The name of a month's report, such as <c>2025-06-expense-report.csv</c>.</summary>
    public static string NameOf(YearMonth month) => $"{month}-expense-report.csv";

    /// <summary>Writes the records of a month, page by page. The stream stays open.</summary>
    /// <param name="store">The ledger.</param>
    /// <param name="month">The month.</param>
    /// <param name="timeZone">Whose days count for records that have an instant; the date of the others is taken as it is.</param>
    /// <param name="output">Where the report goes.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The number of records.</returns>
    public static async Task<long> WriteAsync(IBillingStore store, YearMonth month, TimeZoneInfo timeZone, Stream output, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(timeZone);
        ArgumentNullException.ThrowIfNull(output);
        CsvWriter csv = CsvWriter.Create(output, new CsvWriterOptions { Injection = CsvInjection.Escape, NewLine = "\r\n" }, leaveOpen: true);
        await using (csv.ConfigureAwait(false))
        {
            foreach (string column in s_header)
            {
                csv.WriteField(column);
            }

            await csv.EndRecordAsync(cancellationToken).ConfigureAwait(false);
            long rows = 0;
            RecordQuery query = new() { From = Before(month.First), To = After(month.Last), PageSize = PageSize };
            Page<BillingRecord> page;
            do
            {
                page = await store.QueryAsync(query, cancellationToken).ConfigureAwait(false);
                foreach (BillingRecord record in page.Items)
                {
                    DateOnly date = DayOf(record, timeZone);
                    if (month.Contains(date))
                    {
                        Write(csv, record, date);
                        await csv.EndRecordAsync(cancellationToken).ConfigureAwait(false);
                        rows++;
                    }
                }

                await csv.FlushAsync(cancellationToken).ConfigureAwait(false);
                query = query with { ContinuationToken = page.ContinuationToken };
            }
            while (page.ContinuationToken is not null);

            return rows;
        }
    }

    private static DateOnly DayOf(BillingRecord record, TimeZoneInfo timeZone) => record.Instant is { } instant
        ? DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, timeZone).DateTime)
        : record.Date;

    private static DateOnly Before(DateOnly day) => day.DayNumber < DaysAround ? DateOnly.MinValue : day.AddDays(-DaysAround);

    private static DateOnly After(DateOnly day) => DateOnly.MaxValue.DayNumber - day.DayNumber < DaysAround ? DateOnly.MaxValue : day.AddDays(DaysAround);

    // Amounts and dates are numbers and dates to the writer, and so never taken for formulas: -5.00 stays -5.00.
    private static void Write(CsvWriter csv, BillingRecord record, DateOnly date)
    {
        csv.WriteField(record.SourceId ?? record.Key.ToString());
        csv.WriteField(record.Amount.Amount, default);
        csv.WriteField(date, default);
        csv.WriteField(record.Description);
        csv.WriteField(record.Amount.Currency.Code);
        csv.WriteField(record.ReportingAmount.Amount, default);
        csv.WriteField(record.ReportingAmount.Currency.Code);
        csv.WriteField(record.Category);
        csv.WriteField(record.Party);
    }
}
