namespace Billing.Sinks.Aurora.Tests;

/// <summary>Five rows that MySQL would change silently: each is refused, or stored exactly.</summary>
public sealed class CoercionTests : IAsyncLifetime
{
    private readonly AuroraStore _store = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    /// <summary>That these columns do change values silently, where the mode is not strict: else the tests below would show nothing.</summary>
    [Fact]
    public void A_server_without_strict_mode_changes_all_five()
    {
        _store.Execute("CREATE TABLE loose (amount DECIMAL(10,2) NOT NULL, currency CHAR(3) NOT NULL, day DATE NOT NULL)");
        _store.Execute("SET SESSION sql_mode = ''; INSERT IGNORE INTO loose VALUES (99999999999.99, 'EURO', '2025-02-30'), ('abc', NULL, 'x')");
        Assert.Equal("99999999.99 EUR 0000-00-00;0.00  0000-00-00", _store.Scalar("SELECT CONVERT(GROUP_CONCAT(CONCAT_WS(' ', amount, currency, CAST(day AS CHAR)) ORDER BY amount DESC SEPARATOR ';') USING latin1) FROM loose"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_amount_of_more_digits_than_usual_columns_hold_is_stored_exactly(bool infile)
    {
        await using AuroraSink sink = _store.Open(options => options.UseLocalInfile = infile);
        Assert.Equal([WriteOutcome.Stored], await sink.WriteAsync([Some.Record(amount: 99999999999.99m)], Cancellation));
        Assert.Equal("99999999999.9900000000000000000000000000", _store.Scalar("SELECT CAST(amount AS CHAR) FROM billing_records"));
        Assert.Equal(99999999999.99m, (await sink.FindAsync(Some.Key("1"), Cancellation))!.Amount.Amount);
    }

    [Theory]
    [InlineData("MODIFY amount DECIMAL(10,2) NOT NULL", "DECIMAL(10,2)")]
    [InlineData("MODIFY currency CHAR(3) NOT NULL", "CHAR(3)")]
    [InlineData("MODIFY party LONGTEXT CHARACTER SET latin1", "latin1")]
    [InlineData("MODIFY party LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci", "utf8mb4_general_ci")]
    [InlineData("MODIFY description VARCHAR(10) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin", "VARCHAR(10)")]
    [InlineData("MODIFY date DATETIME NOT NULL", "DATETIME")]
    [InlineData("DROP COLUMN reporting_amount_scale", "no column `reporting_amount_scale`")]
    [InlineData("DROP PRIMARY KEY", "no PRIMARY KEY")]
    [InlineData("DROP PRIMARY KEY, ADD PRIMARY KEY (key_hash, line)", "no PRIMARY KEY")]
    public async Task A_table_that_would_change_values_is_refused_before_anything_is_written(string alteration, string named)
    {
        await using (AuroraSink creator = _store.Open())
        {
            await creator.WriteAsync([], Cancellation);
        }

        _store.Execute($"ALTER TABLE billing_records {alteration}");
        await using AuroraSink sink = _store.Open();
        BillingException refusal = await Assert.ThrowsAsync<BillingException>(async () => await sink.WriteAsync([Some.Record()], Cancellation));
        Assert.Contains(named, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("billing_records", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("0", _store.Scalar("SELECT COUNT(*) FROM billing_records"));
    }

    [Theory]
    [InlineData(false, "MODIFY amount DECIMAL(10,2) NOT NULL")]
    [InlineData(true, "MODIFY amount DECIMAL(10,2) NOT NULL")]
    [InlineData(false, "MODIFY reporting_currency CHAR(2) NOT NULL")]
    [InlineData(true, "MODIFY reporting_currency CHAR(2) NOT NULL")]
    [InlineData(false, "MODIFY party VARCHAR(3)")]
    [InlineData(true, "MODIFY party VARCHAR(3)")]
    [InlineData(false, "MODIFY party DECIMAL(5,2)")]
    [InlineData(true, "MODIFY party DECIMAL(5,2)")]
    [InlineData(false, "MODIFY party DATE")]
    [InlineData(true, "MODIFY party DATE")]
    [InlineData(false, "MODIFY account LONGTEXT NOT NULL")]
    [InlineData(true, "MODIFY account LONGTEXT NOT NULL")]
    public async Task A_table_that_is_altered_while_it_is_written_to_makes_the_batch_fail_whole(bool infile, string alteration)
    {
        await using AuroraSink sink = _store.Open(options => options.UseLocalInfile = infile);
        await sink.WriteAsync([], Cancellation);
        _store.Execute($"ALTER TABLE billing_records {alteration}");
        await Assert.ThrowsAsync<BillingException>(async () => await sink.WriteAsync(
            [Some.Record("1", amount: 1.5m, party: null, account: "a"), Some.Record("2", amount: 99999999999.99m, party: "abcd", account: null)], Cancellation));
        Assert.Equal("0", _store.Scalar("SELECT COUNT(*) FROM billing_records"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_server_that_keeps_its_warnings_to_itself_is_made_to_tell_them(bool infile)
    {
        using MySqlServer silent = MySqlServer.Start();
        silent.Execute("SET GLOBAL sql_notes = 0, GLOBAL max_error_count = 0");
        silent.CreateDatabase("ledger");
        AuroraSinkOptions options = new() { CreateTables = true, UseLocalInfile = infile, FewestRowsForBulk = 0 };
        if (MySqlServer.IsMySql)
        {
            // There no ordinary user may set this, and without it nobody would be told.
            await using AuroraSink ordinary = new(silent.ConnectionString("ledger"), options);
            BillingException refusal = await Assert.ThrowsAsync<BillingException>(async () => await ordinary.WriteAsync([], Cancellation));
            Assert.Contains("max_error_count", refusal.Message, StringComparison.Ordinal);
        }

        await using AuroraSink sink = new(MySqlServer.IsMySql ? silent.AdministratorConnectionString("ledger") : silent.ConnectionString("ledger"), options);
        await sink.WriteAsync([], Cancellation);

        // A decimal that loses digits is no error, in whatever mode: only a note says it.
        silent.Execute("ALTER TABLE billing_records MODIFY amount DECIMAL(40,1) NOT NULL", "ledger");
        BillingException error = await Assert.ThrowsAsync<BillingException>(async () => await sink.WriteAsync([Some.Record("1", amount: 1.25m)], Cancellation));
        Assert.Contains("reported a warning for a batch", error.Message, StringComparison.Ordinal);
        Assert.Equal("0", silent.Scalar("SELECT COUNT(*) FROM billing_records", "ledger"));
    }

    [Fact]
    public async Task Half_of_a_surrogate_pair_is_refused_and_the_others_are_stored()
    {
        await using AuroraSink sink = _store.Open();
        IReadOnlyList<WriteOutcome> outcomes = await sink.WriteAsync([Some.Record("1", party: "a\uD800"), Some.Record("2"), Some.Record("1", party: "a")], Cancellation);
        Assert.Equal([WriteOutcomeKind.Refused, WriteOutcomeKind.Stored, WriteOutcomeKind.Stored], outcomes.Select(outcome => outcome.Kind));
        Assert.Contains("'party'", outcomes[0].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_that_no_packet_takes_and_a_name_that_no_index_takes_are_refused_with_the_limit()
    {
        await using AuroraSink sink = _store.Open();
        IReadOnlyList<WriteOutcome> outcomes = await sink.WriteAsync(
            [Some.Record("1", description: new string('x', 17_000_000)), Some.Record("2", source: new string('é', 1_001)), Some.Record("3", source: new string('é', 1_000))],
            Cancellation);
        Assert.Equal([WriteOutcomeKind.Refused, WriteOutcomeKind.Refused, WriteOutcomeKind.Stored], outcomes.Select(outcome => outcome.Kind));
        Assert.Contains("max_allowed_packet", outcomes[0].Detail, StringComparison.Ordinal);
        Assert.Contains("2000 bytes", outcomes[1].Detail, StringComparison.Ordinal);
    }
}
