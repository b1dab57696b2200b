using System.Diagnostics;
using System.Globalization;
using Billing.KilledProcess;
using Billing.Sinks.Sqlite.Connections;
using Billing.Sinks.Sqlite.Schema;
using Billing.Sinks.Sqlite.Tests.Stores;
using Microsoft.Data.Sqlite;

namespace Billing.Sinks.Sqlite.Tests;

/// <summary>One file, several writers: connections, instances, processes.</summary>
public sealed class SharingTests : IAsyncDisposable
{
    private readonly SqliteFileStore _store = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    [Trait("Culture", "independent")]
    public async Task Several_processes_that_ingest_the_same_file_store_each_row_once()
    {
        const int rows = 2_000;
        string file = Path.Combine(_store.Folder, "june.csv");
        await File.WriteAllLinesAsync(
            file,
            ["company_name,bill_date,currency,bill_amount", .. Enumerable.Range(1, rows).Select(i => string.Create(CultureInfo.InvariantCulture, $"Company {i % 7},2025-06-{(i % 28) + 1:00},CAD,{i / 4m}"))],
            Cancellation);

        Process[] processes = [.. Enumerable.Range(0, 4).Select(_ => Start(file))];
        foreach (Process process in processes)
        {
            using (process)
            {
                string output = await process.StandardOutput.ReadToEndAsync(Cancellation);
                await process.WaitForExitAsync(Cancellation);
                Assert.True(process.ExitCode == 0 && output.Contains($"done {rows}", StringComparison.Ordinal), output);
            }
        }

        List<IngestReport> runs = [.. (await _store.Open().GetRunsAsync(new PageRequest(), Cancellation)).Items];
        Assert.Equal(4, runs.Count);
        Assert.All(runs, run => Assert.True(run.IsBalanced && run.Status == RunStatus.Completed));
        Assert.Equal(rows, runs.Sum(run => run.Stored.Rows));
        Assert.Equal(3 * rows, runs.Sum(run => run.Duplicate.Rows));
        Assert.Equal($"{rows}", _store.Scalar("SELECT count(DISTINCT key) FROM records"));
        Assert.Equal($"{rows}", _store.Scalar("SELECT count(*) FROM records"));
    }

    [Fact]
    public async Task A_writer_waits_for_another_program_and_then_says_what_to_do()
    {
        SqliteSink sink = _store.Open(new SqliteSinkOptions { BusyTimeout = TimeSpan.FromMilliseconds(300) });
        await sink.WriteAsync([Some.Record("1")], Cancellation);
        using (SqliteConnection other = new(_store.ConnectionString + ";Pooling=False"))
        {
            await other.OpenAsync(Cancellation);
            Execute(other, "BEGIN IMMEDIATE");
            BillingException busy = await Assert.ThrowsAsync<BillingException>(async () => await sink.WriteAsync([Some.Record("2")], Cancellation));
            Assert.Contains(_store.File, busy.Message, StringComparison.Ordinal);
            Assert.Contains("BusyTimeout", busy.Message, StringComparison.Ordinal);
            Assert.IsType<SqliteException>(busy.InnerException);

            // Readers are not in anyone's way.
            Assert.Single((await sink.QueryAsync(new RecordQuery(), Cancellation)).Items);
        }

        Assert.Equal(WriteOutcome.Stored, (await sink.WriteAsync([Some.Record("2")], Cancellation))[0]);
    }

    [Fact]
    public async Task A_writer_that_waits_goes_on_when_the_other_program_is_done()
    {
        SqliteSink sink = _store.Open();
        await sink.WriteAsync([Some.Record("1")], Cancellation);
        using SqliteConnection other = new(_store.ConnectionString + ";Pooling=False");
        await other.OpenAsync(Cancellation);
        Execute(other, "BEGIN IMMEDIATE");
        Task<IReadOnlyList<WriteOutcome>> writing = Task.Run(async () => await sink.WriteAsync([Some.Record("2")], Cancellation), Cancellation);
        Execute(other, "COMMIT");
        Assert.Equal(WriteOutcome.Stored, (await writing)[0]);
    }

    [Fact]
    public async Task A_writer_that_waits_can_be_cancelled()
    {
        SqliteSink sink = _store.Open(new SqliteSinkOptions { BusyTimeout = TimeSpan.FromHours(1) });
        await sink.WriteAsync([Some.Record("1")], Cancellation);
        using SqliteConnection other = new(_store.ConnectionString + ";Pooling=False");
        await other.OpenAsync(Cancellation);
        Execute(other, "BEGIN IMMEDIATE");
        using CancellationTokenSource source = new(TimeSpan.FromMilliseconds(50));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Task.Run(async () => await sink.WriteAsync([Some.Record("2")], source.Token), Cancellation));
    }

    [Fact]
    public async Task A_long_read_can_be_cancelled()
    {
        SqliteDatabase database = new(SqliteLocation.Parse(_store.ConnectionString), new SqliteSinkOptions(), SqliteSchema.Scripts);
        using CancellationTokenSource source = new();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await database.ReadAsync(
            (session, _) =>
            {
                source.Cancel();
                return ValueTask.FromResult(((SqliteSession)session).Scalar("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"));
            },
            source.Token));
        Assert.Equal("1", await database.ReadAsync((session, _) => ValueTask.FromResult(((SqliteSession)session).Scalar("SELECT 1")), Cancellation));
        await database.DisposeAsync();
    }

    [Fact]
    public async Task A_sink_that_is_disposed_says_so_and_leaves_one_file()
    {
        SqliteSink sink = _store.Open();
        await sink.WriteAsync([Some.Record()], Cancellation);
        await sink.QueryAsync(new RecordQuery(), Cancellation);
        await sink.DisposeAsync();
        await sink.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await sink.WriteAsync([Some.Record()], Cancellation));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await sink.QueryAsync(new RecordQuery(), Cancellation));
        Assert.Equal([_store.File], Directory.GetFiles(_store.Folder));
    }

    [Fact]
    public async Task A_named_database_in_memory_is_shared_in_the_process_and_gone_with_its_sink()
    {
        string name = $"Data Source={Guid.NewGuid():N};Mode=Memory;Cache=Shared";
        await using (SqliteSink sink = new(name))
        {
            await sink.WriteAsync([Some.Record()], Cancellation);
            using SqliteConnection other = new(name);
            await other.OpenAsync(Cancellation);
            using SqliteCommand count = other.CreateCommand();
            count.CommandText = "SELECT count(*) FROM records";
            Assert.Equal(1L, await count.ExecuteScalarAsync(Cancellation));
        }

        await using SqliteSink again = new(name);
        Assert.Empty((await again.QueryAsync(new RecordQuery(), Cancellation)).Items);
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private Process Start(string file)
    {
        ProcessStartInfo start = new("dotnet") { RedirectStandardOutput = true };
        foreach (string argument in (string[])[typeof(Ingestion).Assembly.Location, _store.File, file, "0"])
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }
}
