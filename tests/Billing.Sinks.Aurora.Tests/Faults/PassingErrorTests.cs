using System.Globalization;
using MySqlConnector;

namespace Billing.Sinks.Aurora.Tests.Faults;

/// <summary>Errors that may pass are tried again; others, and those that do not pass, reach the caller.</summary>
[Collection(nameof(Alone))]
public sealed class PassingErrorTests : IAsyncLifetime
{
    private readonly AuroraStore _store = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Theory]
    [InlineData(1213)]
    [InlineData(1205)]
    [InlineData(2006)]
    [InlineData(2013)]
    [InlineData(1290)]
    [InlineData(1836)]
    [InlineData(3032)]
    [InlineData(1040)]
    [InlineData(1203)]
    [InlineData(1226)]
    [InlineData(1053)]
    [InlineData(1927)]
    [InlineData(4031)]
    public async Task An_error_that_passes_is_tried_again_and_logged(int number)
    {
        using LogLines log = new();
        await FailAsync(number, times: 3);
        await using AuroraSink sink = new(_store.Source, Options(retries: 3), logger: log);
        Assert.Equal([WriteOutcome.Stored], await sink.WriteAsync([Some.Record()], Cancellation));
        Assert.Equal(4, Attempts());
        Assert.Equal(3, log.Lines.Count(line => line.Contains($"error {number}", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task An_error_that_does_not_pass_is_thrown_after_the_last_attempt_with_its_number()
    {
        await FailAsync(1836, times: 100);
        await using AuroraSink sink = new(_store.Source, Options(retries: 2));
        BillingException error = await Assert.ThrowsAsync<BillingException>(async () => await sink.WriteAsync([Some.Record()], Cancellation));
        Assert.Equal(3, Attempts());
        Assert.Contains("after 3 attempts", error.Message, StringComparison.Ordinal);
        Assert.Contains("1836", error.Message, StringComparison.Ordinal);
        Assert.Equal(1836, Assert.IsType<MySqlException>(error.InnerException).Number);
    }

    [Theory]
    [InlineData(1064)]
    [InlineData(1142)]
    [InlineData(3159)]
    public async Task An_error_that_will_not_pass_is_not_tried_again(int number)
    {
        await FailAsync(number, times: 100);
        await using AuroraSink sink = new(_store.Source, Options(retries: 5));
        BillingException error = await Assert.ThrowsAsync<BillingException>(async () => await sink.WriteAsync([Some.Record()], Cancellation));
        Assert.Equal(1, Attempts());
        Assert.Contains(number switch { 1142 => "Give the user the permission", 3159 => "SslMode", _ => "Correct the error that the server reports" }, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broken_network_is_tried_again()
    {
        using FaultyProxy proxy = new(SharedMySql.Instance.Port);
        await using AuroraSink sink = new(ThroughProxy(proxy.Port), Options(retries: 3));
        await sink.WriteAsync([], Cancellation);
        proxy.CloseNext(connections: 2);
        Assert.Equal([WriteOutcome.Stored], await sink.WriteAsync([Some.Record()], Cancellation));
        Assert.Equal(2, proxy.Cuts);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_batch_whose_commit_was_not_answered_is_stored_and_no_duplicate_of_itself(bool infile)
    {
        await using (AuroraSink before = _store.Open())
        {
            await before.WriteAsync([Some.Record("2", source: "may.csv", runId: "run-0")], Cancellation);
        }

        using FaultyProxy proxy = new(SharedMySql.Instance.Port);
        AuroraSinkOptions options = Options(retries: 5);
        options.UseLocalInfile = infile;
        options.FewestRowsForBulk = 0;

        // Not encrypted: the proxy must hear the commit.
        await using AuroraSink sink = new(ThroughProxy(proxy.Port), options);
        await sink.WriteAsync([], Cancellation);
        proxy.LoseCommit();

        IReadOnlyList<WriteOutcome> outcomes = await sink.WriteAsync([Some.Record("1"), Some.Record("2"), Some.Record("3"), Some.Record("3", line: 9)], Cancellation);

        Assert.Equal(1, proxy.Cuts);
        Assert.Equal([WriteOutcome.Stored, WriteOutcome.Duplicate("may.csv"), WriteOutcome.Stored, WriteOutcome.Duplicate("june.csv")], outcomes);
        Assert.Equal("3", _store.Scalar("SELECT COUNT(*) FROM billing_records"));
    }

    [Fact]
    public async Task Amendments_and_documents_whose_commit_was_not_answered_are_stored_once_and_said_to_be()
    {
        await using (AuroraSink before = _store.Open())
        {
            await before.WriteAsync([Some.Record("1"), Some.Record("2")], Cancellation);
        }

        using FaultyProxy proxy = new(SharedMySql.Instance.Port);
        await using AuroraSink sink = new(ThroughProxy(proxy.Port), Options(retries: 5));
        await sink.WriteAsync([], Cancellation);
        proxy.LoseCommit();
        await sink.AmendAsync(
            [
                new RecordAmendment(Some.Record("1"), null, new LedgerDocument("note", "1", ReadOnlyMemory<byte>.Empty)),
                new RecordAmendment(Some.Record("2"), Some.Record("2", category: "c"), new LedgerDocument("note", "2", ReadOnlyMemory<byte>.Empty)),
            ],
            Cancellation);
        Assert.Equal(1, proxy.Cuts);
        proxy.LoseCommit();
        Assert.True(await sink.AddDocumentAsync(new LedgerDocument("note", "3", new byte[] { 1 }), Cancellation));
        Assert.Equal(2, proxy.Cuts);
        Assert.False(await sink.AddDocumentAsync(new LedgerDocument("note", "3", new byte[] { 1 }), Cancellation));
        Assert.Equal("1 c 3", _store.Scalar("SELECT CONCAT(COUNT(*), ' ', MIN(category), ' ', (SELECT COUNT(*) FROM billing_documents)) FROM billing_records"));
    }

    [Fact]
    public async Task A_lock_that_is_waited_for_too_long_is_waited_for_again()
    {
        using LogLines log = new();
        await using (AuroraSink creator = _store.Open())
        {
            await creator.WriteAsync([], Cancellation);
        }

        await using MySqlConnection other = await _store.Source.OpenConnectionAsync(Cancellation);
        await RunAsync(other, "START TRANSACTION");
        await RunAsync(other, InsertSql("1"));
        // A session takes the global value when it begins.
        await using AuroraSink sink = new(SharedMySql.Instance.ConnectionString(_store.Database), Options(retries: 20), logger: log);
        _store.Execute("SET GLOBAL innodb_lock_wait_timeout = 1");
        try
        {
            Task<IReadOnlyList<WriteOutcome>> writing = Task.Run(async () => await sink.WriteAsync([Some.Record("1")], Cancellation), Cancellation);
            await log.WaitForAsync("error 1205", Cancellation);
            await RunAsync(other, "ROLLBACK");
            Assert.Equal([WriteOutcome.Stored], await writing);
        }
        finally
        {
            _store.Execute("SET GLOBAL innodb_lock_wait_timeout = 50");
        }
    }

    [Fact]
    public async Task The_victim_of_a_deadlock_tries_again()
    {
        using LogLines log = new();
        BillingRecord[] records = [.. new[] { Some.Record("1"), Some.Record("2") }.OrderBy(record => record.Key)];
        await using (AuroraSink creator = _store.Open())
        {
            await creator.WriteAsync([], Cancellation);
        }

        // The other one has changed more, so that the server chooses the sink.
        await using MySqlConnection other = await _store.Source.OpenConnectionAsync(Cancellation);
        await RunAsync(other, "START TRANSACTION");
        for (int i = 100; i < 150; i++)
        {
            await RunAsync(other, InsertSql($"{i}"));
        }

        await RunAsync(other, InsertSql(records[1].Key));
        await using AuroraSink sink = new(_store.Source, Options(retries: 20), logger: log);
        Task<IReadOnlyList<WriteOutcome>> writing = Task.Run(async () => await sink.WriteAsync(records, Cancellation), Cancellation);
        while (SharedMySql.Instance.WaitingTransactions() == "0")
        {
            Assert.False(writing.IsCompleted, "The sink does not wait for the lock that the other transaction holds.");

            // InnoDB renews this table only when nobody has read it for 0.1 s: asked more often, it shows its first answer for ever.
            await Task.Delay(300, Cancellation);
        }

        await RunAsync(other, InsertSql(records[0].Key));
        await log.WaitForAsync("error 1213", Cancellation);
        await RunAsync(other, "ROLLBACK");
        Assert.Equal([WriteOutcome.Stored, WriteOutcome.Stored], await writing);
        Assert.Equal("2", _store.Scalar("SELECT COUNT(*) FROM billing_records"));
    }

    private static AuroraSinkOptions Options(int retries) => new() { CreateTables = true, UseLocalInfile = false, MaxAttempts = retries + 1, MaxRetryDelay = TimeSpan.FromMilliseconds(20) };

    private string ThroughProxy(int port) => SharedMySql.Instance.PlainConnectionString(_store.Database, $"Pooling=false;Port={port}");

    // The server itself fails, so many times, with that error. What is undone with a transaction is not the next number of a table.
    private async Task FailAsync(int number, int times)
    {
        await using (AuroraSink creator = _store.Open())
        {
            await creator.WriteAsync([], Cancellation);
        }

        _store.Execute("CREATE TABLE attempts (number INT NOT NULL AUTO_INCREMENT PRIMARY KEY)");
        _store.Execute($"""
            CREATE TRIGGER failing BEFORE INSERT ON billing_records FOR EACH ROW
            BEGIN
                INSERT INTO attempts VALUES (NULL);
                IF LAST_INSERT_ID() <= {times} THEN
                    SIGNAL SQLSTATE 'HY000' SET MYSQL_ERRNO = {number}, MESSAGE_TEXT = 'Injected.';
                END IF;
            END
            """);
    }

    private int Attempts()
    {
        _store.Execute("INSERT INTO attempts VALUES (NULL)");
        return int.Parse(_store.Scalar("SELECT MAX(number) - 1 FROM attempts")!, CultureInfo.InvariantCulture);
    }

    private static string InsertSql(string key) => InsertSql(Some.Key(key));

    private static string InsertSql(RecordKey key) =>
        "INSERT INTO billing_records (key_hash, fingerprint, occurrence, date, amount, amount_scale, currency, reporting_amount, reporting_amount_scale, reporting_currency, source, line, byte_offset, run_id) "
        + $"VALUES (X'{key}', X'{key}', 1, '2025-06-17', 1, 0, 'USD', 1, 0, 'USD', 'other', 1, 1, 'other')";

    private static async Task RunAsync(MySqlConnection connection, string sql)
    {
        await using MySqlCommand command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Cancellation);
    }
}
