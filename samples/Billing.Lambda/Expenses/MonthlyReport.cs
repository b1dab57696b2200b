namespace Billing.Lambda.Expenses;

/// <summary>
/// Writes the expenses of one month, by the date of each record as in queries and totals, as CSV: one line per record in the order of the store (date, then key).
/// The same records give the same bytes. Text that a spreadsheet would run as a formula has an apostrophe before it.
/// </summary>
internal static class MonthlyReport
{
    private static readonly ReportColumn[] s_columns =
    [
        ReportColumn.OfText("Expense ID", line => line.Record.SourceId ?? line.Record.Key.ToString()),
        ReportColumn.OfAmount("Amount", line => line.Record.Amount.Amount),
        ReportColumn.OfDate("Date", line => line.Date),
        ReportColumn.OfText("Description", line => line.Record.Description),
        ReportColumn.OfText("Currency", line => line.Record.Amount.Currency.Code),
        ReportColumn.OfAmount("Reporting Amount", line => line.Record.ReportingAmount.Amount),
        ReportColumn.OfText("Reporting Currency", line => line.Record.ReportingAmount.Currency.Code),
        ReportColumn.OfText("Category", line => line.Record.Category),
        ReportColumn.OfText("Party", line => line.Record.Party),
    ];

    /// <summary>Returns the name of a month's report, such as <c>2025-06-expense-report.csv</c>.</summary>
    public static string NameOf(BillingMonth month) => $"{month}-expense-report.csv";

    /// <summary>Writes the records of a month, page by page. The stream stays open.</summary>
    /// <param name="store">The ledger.</param>
    /// <param name="month">The month.</param>
    /// <param name="output">The stream for the report.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The number of records.</returns>
    public static Task<long> WriteAsync(IBillingStore store, BillingMonth month, Stream output, CancellationToken cancellationToken = default) =>
        ReportCsv.WriteAsync(output, s_columns, store.QueryAllAsync(new RecordQuery { From = month.First, To = month.Last }, cancellationToken).Select(MonthLine.Of), cancellationToken);
}
