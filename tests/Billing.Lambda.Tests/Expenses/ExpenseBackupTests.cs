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
    [InlineData("expense_id VARBINARY(2000) NOT NULL PRIMARY KEY, sum DECIMAL(57,28) NOT NULL, description LONGTEXT, date DATE NOT NULL", "no column `amount`")]
    [InlineData("expense_id VARBINARY(2000) NOT NULL, amount DECIMAL(57,28) NOT NULL, description LONGTEXT, date DATE NOT NULL", "The primary key of the table expenses is not the column `expense_id` alone")]
    [InlineData("expense_id VARBINARY(2000) NOT NULL, amount DECIMAL(57,28) NOT NULL, description LONGTEXT, date DATE NOT NULL, PRIMARY KEY (expense_id, date)", "`expense_id` alone")]
    [InlineData("expense_id VARBINARY(2000) NOT NULL, amount DECIMAL(57,28) NOT NULL, description LONGTEXT, date DATE NOT NULL, PRIMARY KEY (expense_id(10))", "`expense_id` alone")]
    [InlineData("expense_id VARBINARY(2000) NOT NULL PRIMARY KEY, amount DOUBLE NOT NULL, description LONGTEXT, date DATE NOT NULL", "`amount` DOUBLE NOT NULL, but `amount` DECIMAL(57,28) NOT NULL is needed")]
    [InlineData("expense_id VARBINARY(2000) NOT NULL PRIMARY KEY, amount DECIMAL(10,2) NOT NULL, description LONGTEXT, date DATE NOT NULL", "DECIMAL(10,2)")]
    [InlineData("expense_id VARCHAR(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci NOT NULL PRIMARY KEY, amount DECIMAL(57,28) NOT NULL, description LONGTEXT, date DATE NOT NULL", "VARCHAR(200)")]
    [InlineData("expense_id VARBINARY(2000) NOT NULL PRIMARY KEY, amount DECIMAL(57,28) NOT NULL, description LONGTEXT CHARACTER SET latin1 COLLATE latin1_swedish_ci, date DATE NOT NULL", "LATIN1")]
    public async Task A_table_that_would_change_values_or_take_an_expense_twice_is_refused(string columns, string named)
    {
        SharedMySql.Instance.Execute($"CREATE TABLE expenses ({columns}) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin", _database);
        BillingException refused = await Assert.ThrowsAsync<BillingException>(() => RunAsync(Ledger([Record(1, 1m)])));
        Assert.Contains(named, refused.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("0", Scalar("SELECT COUNT(*) FROM expenses"));
    }

    [Fact]
    public async Task Further_columns_of_the_readers_stay_untouched()
    {
        SharedMySql.Instance.Execute("CREATE TABLE expenses (note INT NOT NULL DEFAULT 7, date DATE NOT NULL, description LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin, amount DECIMAL(57,28) NOT NULL, expense_id VARBINARY(2000) NOT NULL PRIMARY KEY)", _database);
        await RunAsync(Ledger([Record(1, 1m)]));
        Assert.Equal("7", Scalar("SELECT note FROM expenses WHERE expense_id = 'e-1' AND amount = 1"));
    }

    [Fact]
    public async Task A_value_that_the_server_would_round_is_an_error()
    {
        SharedMySql.Instance.Execute("CREATE TABLE narrow (amount DECIMAL(10,2))", _database);
        await using MySqlDataSource source = new(SharedMySql.Instance.ConnectionString(_database));
        await using (BackupSession session = await BackupSession.StartAsync(await source.OpenConnectionAsync(Cancellation), Cancellation))
        {
            await session.BeginAsync(Cancellation);
            BillingException refused = await Assert.ThrowsAsync<BillingException>(() => session.WriteAsync("INSERT INTO narrow VALUES (@p0)", [0.125m], Cancellation));
            Assert.Contains("reported a warning", refused.Message, StringComparison.Ordinal);
        }

        Assert.Equal("0", Scalar("SELECT COUNT(*) FROM narrow"));
    }

    [Fact]
    public async Task A_server_that_does_not_report_its_warnings_is_made_to()
    {
        await using MySqlDataSource source = new(SharedMySql.Instance.ConnectionString(_database));
        MySqlConnection connection = await source.OpenConnectionAsync(Cancellation);
        await using (MySqlCommand silent = new("SET SESSION max_error_count = 0", connection))
        {
            await silent.ExecuteNonQueryAsync(Cancellation);
        }

        await using BackupSession session = await BackupSession.StartAsync(connection, Cancellation);
        Assert.Equal("64", await session.ScalarAsync("SELECT @@SESSION.max_error_count", [], Cancellation));
    }

    [Fact]
    public async Task Two_backups_that_begin_at_once_both_end_and_the_backup_is_whole()
    {
        BillingRecord[] all = [.. Enumerable.Range(0, 1_500).Select(i => Record(i, i / 8m))];
        for (int round = 0; round < 5; round++)
        {
            await Task.WhenAll(RunAsync(Ledger(all)), RunAsync(Ledger(all)));
            Holds(all);
            SharedMySql.Instance.Execute("DELETE FROM expenses", _database);
        }
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
