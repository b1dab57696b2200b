using System.Text;
using Billing.Lambda.Expenses;

namespace Billing.Lambda.Tests.Expenses;

public sealed class MonthlyReportTests
{
    private static readonly TimeZoneInfo s_auckland = TimeZoneInfo.FindSystemTimeZoneById("Pacific/Auckland");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Only_the_month_is_in_it_by_the_dates_that_totals_go_by()
    {
        // In Auckland it was July already: the date of a record says whose day counts, and the instant does not overrule it.
        DateTimeOffset instant = new(2025, 6, 30, 12, 0, 0, TimeSpan.Zero);
        MemorySink ledger = await LedgerAsync(
            Some.Record("day 1", sourceId: "day 1", date: new DateOnly(2025, 6, 1)),
            Some.Record("day 30", sourceId: "day 30", date: new DateOnly(2025, 6, 30), instant: instant),
            Some.Record("31 May", sourceId: "31 May", date: new DateOnly(2025, 5, 31)),
            Some.Record("1 July", sourceId: "1 July", date: new DateOnly(2025, 7, 1), instant: instant));

        string report = await ReportAsync(ledger);

        string[] lines = report.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("Expense ID,Amount,Date,Description,Currency,Reporting Amount,Reporting Currency,Category,Party", lines[0]);
        Assert.Equal(["day 1", "day 30"], lines.Skip(1).Select(line => line.Split(',')[0]).Order(StringComparer.Ordinal));
        Assert.Contains("day 30,12.50,2025-06-30,Flour,USD,12.50,USD,,Acme\r\n", report, StringComparison.Ordinal);
        IReadOnlyList<SummaryRow> months = await ledger.SummarizeAsync(SummaryBy.Month, new RecordQuery(), Cancellation);
        Assert.Equal(lines.Length - 1, months.Single(month => month.Group == "2025-06").Reporting.Rows);
    }

    [Theory]
    [InlineData("=1+1", "\"'=1+1\"")]
    [InlineData("@SUM(A1)", "\"'@SUM(A1)\"")]
    [InlineData("+49 30", "\"'+49 30\"")]
    [InlineData("-1", "\"'-1\"")]
    [InlineData("\t=1", "\"'\t=1\"")]
    [InlineData("a \"b\", c", "\"a \"\"b\"\", c\"")]
    [InlineData("Łódź", "Łódź")]
    public async Task A_cell_that_a_spreadsheet_would_run_is_text(string description, string cell)
    {
        MemorySink ledger = await LedgerAsync(Some.Record("1", sourceId: "=2", description: description, party: description, category: description, amount: -5.00m));
        Assert.EndsWith($"\r\n\"'=2\",-5.00,2025-06-17,{cell},USD,-5.00,USD,{cell},{cell}\r\n", await ReportAsync(ledger), StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_pages_are_in_it_and_the_same_records_give_the_same_bytes()
    {
        BillingRecord[] records = [.. Enumerable.Range(0, 2_500).Select(i => Some.Record($"{i}", sourceId: $"{i}", date: new DateOnly(2025, 6, 1 + (i % 30))))];
        string first = await ReportAsync(await LedgerAsync(records), 2_500);
        string second = await ReportAsync(await LedgerAsync([.. records.Reverse()]), 2_500);
        Assert.Equal(2_501, first.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal(first, second);
    }

    [Fact]
    public async Task A_month_without_expenses_is_a_header() =>
        Assert.Single((await ReportAsync(await LedgerAsync(), 0)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries));

    [Fact]
    public void The_name_says_the_month() => Assert.Equal("2025-06-expense-report.csv", MonthlyReport.NameOf(new BillingMonth(2025, 6)));

    [Theory]
    [InlineData("2025-06-30T11:59:59Z", "2025-05")]
    [InlineData("2025-06-30T12:00:00Z", "2025-06")]
    [InlineData("2024-12-31T11:00:00Z", "2024-12")]
    [InlineData("2025-03-31T00:00:00Z", "2025-02")]
    public void The_month_just_ended_is_that_of_the_time_zone(string now, string month) =>
        Assert.Equal(month, BillingMonth.JustEnded(DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture), s_auckland).ToString());

    [Theory]
    [InlineData("2025-13")]
    [InlineData("2025-6")]
    [InlineData("June 2025")]
    [InlineData("")]
    public void What_is_no_month_is_refused(string text) => Assert.Throws<FormatException>(() => BillingMonth.Parse(text));

    private static async Task<MemorySink> LedgerAsync(params BillingRecord[] records)
    {
        MemorySink ledger = new();
        await ledger.WriteAsync(records, Cancellation);
        return ledger;
    }

    private static async Task<string> ReportAsync(MemorySink ledger, long? rows = null)
    {
        using MemoryStream output = new();
        long written = await MonthlyReport.WriteAsync(ledger, new BillingMonth(2025, 6), output, Cancellation);
        Assert.Equal(rows ?? written, written);
        return Encoding.UTF8.GetString(output.ToArray());
    }
}
