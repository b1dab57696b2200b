using Billing.Lambda.Expenses;
using MySqlConnector;

namespace Billing.Lambda.Tests.Expenses;

/// <summary>The daily backup: every page, deletions carried over, interrupted and resumed.</summary>
public sealed class ExpenseBackupTests
{
    private readonly string _database = SharedMySql.NewDatabase();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Five_thousand_expenses_with_deletions_are_backed_up_through_interruptions()
    {
        BillingRecord[] all = [.. Enumerable.Range(0, 5_000).Select(i => Record(i, i / 8m))];
        Assert.Equal(new ExpenseBackupReport(5_000, 0, false), await RunAsync(Ledger(all)));
        Holds(all);

        // 700 are deleted, 100 are corrected, 50 are new; and the process ends after every second page.
        BillingRecord[] left = [.. all.Where((_, i) => i % 50 >= 7).Select((record, i) => i < 100 ? Record(int.Parse(record.SourceId![2..], System.Globalization.CultureInfo.InvariantCulture), 99.99m) : record), .. Enumerable.Range(5_000, 50).Select(i => Record(i, 1m))];
        MemorySink ledger = Ledger(left);
        int interruptions = 0;
        ExpenseBackupReport? report = null;
        while (report is null)
        {
            try
            {
                report = await RunAsync(new EndingStore(ledger, pages: 2));
            }
            catch (IOException)
            {
                interruptions++;
            }
        }

        Assert.Equal(new ExpenseBackupReport(left.Length, 700, true), report);
        Assert.Equal(4, interruptions);
        Holds(left);
        Assert.Equal("0", Scalar("SELECT COUNT(*) FROM expenses_backup"));
        Assert.Equal(new ExpenseBackupReport(left.Length, 0, false), await RunAsync(ledger));
    }

    [Fact]
    public async Task Texts_and_amounts_arrive_as_they_are()
    {
        await RunAsync(Ledger([Some.Record("1", sourceId: "e-1", amount: 0.0000000000000000000000000001m, description: "Łaptop '\\ 😀"), Some.Record("2", amount: -5m, description: null)]));
        Assert.Equal("Łaptop '\\ 😀", Scalar("SELECT description FROM expenses WHERE expense_id = 'e-1'"));
        Assert.Equal("1", Scalar("SELECT COUNT(*) FROM expenses WHERE expense_id = 'e-1' AND amount = 0.0000000000000000000000000001 AND date = '2025-06-17'"));
        Assert.Equal("1", Scalar($"SELECT COUNT(*) FROM expenses WHERE expense_id = '{Some.Key("2")}' AND amount = -5 AND description IS NULL"));
    }

    [Fact]
    public async Task An_empty_ledger_does_not_empty_its_backup_unless_that_is_meant()
    {
        await RunAsync(Ledger([Record(1, 1m)]));
        BillingException refused = await Assert.ThrowsAsync<BillingException>(() => RunAsync(Ledger([])));
        Assert.Contains("Nothing was deleted", refused.Message, StringComparison.Ordinal);
        Assert.Equal("1", Scalar("SELECT COUNT(*) FROM expenses"));
        Assert.Equal(new ExpenseBackupReport(0, 1, false), await RunAsync(Ledger([]), allowEmptySource: true));
        Assert.Equal("0", Scalar("SELECT COUNT(*) FROM expenses"));
    }

    [Fact]
    public async Task Two_expenses_with_one_id_are_an_error_and_nothing_is_deleted()
    {
        await RunAsync(Ledger([Record(1, 1m), Record(2, 2m)]));
        BillingException refused = await Assert.ThrowsAsync<BillingException>(() => RunAsync(Ledger([Some.Record("a", sourceId: "e-1"), Some.Record("b", sourceId: "e-1")])));
        Assert.Contains("2 records but only 1 different ids", refused.Message, StringComparison.Ordinal);
        Assert.Equal("2", Scalar("SELECT COUNT(*) FROM expenses"));
    }

    [Theory]
    [InlineData("CREATE TABLE expenses (expense_id VARBINARY(2000) PRIMARY KEY, sum DECIMAL(57,28), description LONGTEXT, date DATE)", "sum")]
    [InlineData("CREATE TABLE expenses (expense_id VARBINARY(2000), amount DECIMAL(57,28), description LONGTEXT, date DATE)", "expense_id")]
    public async Task A_table_of_other_columns_or_another_key_is_refused(string create, string named)
    {
        SharedMySql.Instance.Execute(create, _database);
        BillingException refused = await Assert.ThrowsAsync<BillingException>(() => RunAsync(Ledger([Record(1, 1m)])));
        Assert.Contains(named, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Amounts_that_a_column_would_round_are_refused_and_nothing_of_the_page_is_written()
    {
        SharedMySql.Instance.Execute("CREATE TABLE expenses (expense_id VARBINARY(2000) PRIMARY KEY, amount DECIMAL(10,2), description LONGTEXT, date DATE)", _database);
        BillingException refused = await Assert.ThrowsAsync<BillingException>(() => RunAsync(Ledger([Record(1, 1m), Record(2, 0.125m)])));
        Assert.Contains("reported a warning", refused.Message, StringComparison.Ordinal);
        Assert.Equal("0", Scalar("SELECT COUNT(*) FROM expenses"));
    }

    private static BillingRecord Record(int i, decimal amount) =>
        Some.Record($"{i}", sourceId: $"e-{i}", amount: amount, description: $"Expense {i}", date: new DateOnly(2025, 1, 1).AddDays(i % 365));

    private static MemorySink Ledger(IReadOnlyList<BillingRecord> records)
    {
        MemorySink ledger = new();
        ledger.WriteAsync(records, Cancellation).AsTask().GetAwaiter().GetResult();
        return ledger;
    }

    private async Task<ExpenseBackupReport> RunAsync(IBillingStore source, bool allowEmptySource = false)
    {
        await using ExpenseBackup backup = new(
            _ => ValueTask.FromResult(new MySqlDataSource(SharedMySql.Instance.ConnectionString(_database))),
            new ExpenseBackupOptions { CreateTables = true, AllowEmptySource = allowEmptySource });
        return await backup.RunAsync(source, Cancellation);
    }

    private string? Scalar(string sql) => SharedMySql.Instance.Scalar(sql, _database);

    private void Holds(BillingRecord[] records)
    {
        Assert.Equal($"{records.Length}", Scalar("SELECT COUNT(*) FROM expenses"));
        Assert.Equal(
            string.Join(';', records.OrderBy(record => record.SourceId, StringComparer.Ordinal).Select(record => FormattableString.Invariant($"{record.SourceId}|{record.Amount.Amount:0.000}|{record.Description}|{record.Date:yyyy-MM-dd}"))),
            Scalar("SELECT CONVERT(GROUP_CONCAT(CONCAT(expense_id, '|', CAST(amount AS DECIMAL(20,3)), '|', description, '|', date) ORDER BY expense_id SEPARATOR ';') USING utf8mb4) FROM expenses"));
    }
}
