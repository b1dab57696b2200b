using System.Globalization;
using Billing.Sinks.Sqlite.Connections;
using Billing.Sinks.Sqlite.Schema;
using Billing.Sinks.Sqlite.Tests.Stores;
using Microsoft.Data.Sqlite;

namespace Billing.Sinks.Sqlite.Tests;

/// <summary>Which files are opened, which are brought forward, which are left alone.</summary>
public sealed class SchemaTests : IAsyncDisposable
{
    private readonly SqliteFileStore _store = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task A_new_file_is_marked_as_a_ledger_of_this_version()
    {
        await _store.Open().WriteAsync([Some.Record()], Cancellation);
        Assert.Equal("1114205292", _store.Scalar("PRAGMA application_id"));
        Assert.Equal(Version(0), _store.Scalar("PRAGMA user_version"));
        Assert.Equal("wal", _store.Scalar("PRAGMA journal_mode"));
        Assert.Equal("ok", _store.Scalar("PRAGMA integrity_check"));
    }

    [Fact]
    public async Task Every_connection_writes_through_to_the_disk_and_checks_references()
    {
        await _store.Open().WriteAsync([Some.Record()], Cancellation);
        SqliteSinkOptions options = new() { CacheMebibytes = 3 };
        using SqliteSession session = SqliteSession.Open(SqliteLocation.Parse(_store.ConnectionString), create: false, options);
        Assert.Equal("2", session.Scalar("PRAGMA synchronous"));
        Assert.Equal("1", session.Scalar("PRAGMA foreign_keys"));
        Assert.Equal("wal", session.Scalar("PRAGMA journal_mode"));
        Assert.Equal("-3072", session.Scalar("PRAGMA cache_size"));
    }

    [Fact]
    public async Task A_file_that_is_opened_again_has_what_was_written()
    {
        await using (SqliteSink first = _store.Open())
        {
            await first.WriteAsync([Some.Record("1")], Cancellation);
        }

        Assert.Equal([_store.File], Directory.GetFiles(_store.Folder));
        SqliteSink second = _store.Open();
        Assert.Equal(WriteOutcomeKind.Duplicate, (await second.WriteAsync([Some.Record("1")], Cancellation))[0].Kind);
        Same.Record(Some.Record("1"), await second.FindAsync(Some.Key("1"), Cancellation));
    }

    [Fact]
    public async Task A_file_of_an_older_version_is_brought_forward_and_keeps_its_records()
    {
        await using (SqliteSink old = _store.Open())
        {
            await old.WriteAsync([Some.Record("1")], Cancellation);
        }

        string[] scripts = [.. SqliteSchema.Scripts, "ALTER TABLE records ADD COLUMN note TEXT", "CREATE TABLE notes (id INTEGER PRIMARY KEY); INSERT INTO notes VALUES (7)"];
        await using SqliteSink newer = new(SqliteLocation.Parse(_store.ConnectionString), new SqliteSinkOptions(), null, scripts);
        Same.Record(Some.Record("1"), await newer.FindAsync(Some.Key("1"), Cancellation));
        Assert.Equal(WriteOutcome.Stored, (await newer.WriteAsync([Some.Record("2")], Cancellation))[0]);
        Assert.Equal(Version(2), _store.Scalar("PRAGMA user_version"));
        Assert.Equal("7", _store.Scalar("SELECT id FROM notes"));
    }

    [Fact]
    public async Task A_file_of_version_1_keeps_its_records_and_takes_alerts_and_receipts()
    {
        await using (SqliteSink sink = _store.Open())
        {
            await sink.WriteAsync([Some.Record("1")], Cancellation);
        }

        // What this version wrote, in the tables of version 1.
        string newer = _store.File + ".new";
        File.Move(_store.File, newer);
        _store.Scalar(
            $"ATTACH '{newer}' AS new; {SqliteSchema.Scripts[0]} INSERT INTO origins SELECT * FROM new.origins; INSERT INTO records SELECT * FROM new.records; "
            + $"PRAGMA application_id = {SqliteSchema.ApplicationId}; PRAGMA user_version = 1; SELECT 1");
        Assert.Equal("1", _store.Scalar("PRAGMA user_version"));
        SqliteSink now = _store.Open();
        Assert.Equal([WriteOutcome.Duplicate("june.csv"), WriteOutcome.Stored], await now.WriteAsync([Some.Record("1", alerts: ["r"]), Some.Record("2", alerts: ["r"])], Cancellation));
        Assert.Empty(await now.GetAlertsAsync(Some.Key("1"), Cancellation));
        Assert.Single(await now.GetAlertsAsync(Some.Key("2"), Cancellation));
    }

    [Fact]
    public async Task A_migration_that_fails_leaves_the_file_as_it_was()
    {
        await using (SqliteSink old = _store.Open())
        {
            await old.WriteAsync([Some.Record("1")], Cancellation);
        }

        string[] scripts = [.. SqliteSchema.Scripts, "CREATE TABLE half (id INTEGER)", "CREATE TABLE records (id INTEGER)"];
        await using SqliteSink newer = new(SqliteLocation.Parse(_store.ConnectionString), new SqliteSinkOptions(), null, scripts);
        await Assert.ThrowsAsync<BillingException>(async () => await newer.FindAsync(Some.Key("1"), Cancellation));
        Assert.Equal(Version(0), _store.Scalar("PRAGMA user_version"));
        Assert.Equal("0", _store.Scalar("SELECT count(*) FROM sqlite_master WHERE name = 'half'"));
    }

    [Fact]
    public async Task A_file_of_a_newer_version_is_refused_and_left_alone()
    {
        await using (SqliteSink sink = _store.Open())
        {
            await sink.WriteAsync([Some.Record("1")], Cancellation);
        }

        _store.Scalar($"PRAGMA user_version = {Version(1)}");
        BillingException refused = await Assert.ThrowsAsync<BillingException>(async () => await _store.Open().WriteAsync([Some.Record("2")], Cancellation));
        Assert.Contains($"schema version {Version(1)}, and this program knows versions up to {Version(0)}", refused.Message, StringComparison.Ordinal);
        Assert.Contains(_store.File, refused.Message, StringComparison.Ordinal);
        Assert.Equal("1", _store.Scalar("SELECT count(*) FROM records"));
    }

    [Theory]
    [InlineData("CREATE TABLE customers (id INTEGER)")]
    [InlineData("PRAGMA user_version = 5")]
    [InlineData("PRAGMA application_id = 252006673")]
    [InlineData("PRAGMA application_id = 252006673; PRAGMA user_version = 1; CREATE TABLE records (id INTEGER)")]
    public async Task A_file_of_another_program_is_refused_and_not_one_byte_of_it_changes(string sql)
    {
        _store.Scalar(sql + "; SELECT 1");
        byte[] before = await File.ReadAllBytesAsync(_store.File, Cancellation);
        SqliteSink sink = _store.Open();
        BillingException refused = await Assert.ThrowsAsync<BillingException>(async () => await sink.WriteAsync([Some.Record()], Cancellation));
        Assert.Contains("belongs to another program", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<BillingException>(async () => await sink.QueryAsync(new RecordQuery(), Cancellation));
        await sink.DisposeAsync();
        Assert.Equal(before, await File.ReadAllBytesAsync(_store.File, Cancellation));
        Assert.Equal([_store.File], Directory.GetFiles(_store.Folder));
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused_and_left_alone()
    {
        byte[] text = [.. Enumerable.Repeat((byte)'x', 10_000)];
        await File.WriteAllBytesAsync(_store.File, text, Cancellation);
        BillingException refused = await Assert.ThrowsAsync<BillingException>(async () => await _store.Open().WriteAsync([Some.Record()], Cancellation));
        Assert.Contains("is not a SQLite database", refused.Message, StringComparison.Ordinal);
        Assert.IsType<SqliteException>(refused.InnerException);
        Assert.Equal(text, await File.ReadAllBytesAsync(_store.File, Cancellation));
    }

    [Fact]
    public async Task A_file_that_is_damaged_is_said_to_be()
    {
        await using (SqliteSink sink = _store.Open())
        {
            await sink.WriteAsync([.. Enumerable.Range(0, 500).Select(i => Some.Record($"{i}"))], Cancellation);
        }

        // The first page says that this is a ledger; all others are destroyed.
        int pageSize = int.Parse(_store.Scalar("PRAGMA page_size")!, CultureInfo.InvariantCulture);
        byte[] bytes = await File.ReadAllBytesAsync(_store.File, Cancellation);
        bytes.AsSpan(pageSize).Fill(0xA5);
        await File.WriteAllBytesAsync(_store.File, bytes, Cancellation);
        BillingException refused = await Assert.ThrowsAsync<BillingException>(async () => await _store.Open().WriteAsync([Some.Record("new")], Cancellation));
        Assert.Contains("is damaged", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_leave_to_create_a_schema_none_is_created()
    {
        SqliteSink sink = _store.Open(new SqliteSinkOptions { CreateTables = false });
        BillingException missing = await Assert.ThrowsAsync<BillingException>(async () => await sink.WriteAsync([Some.Record()], Cancellation));
        Assert.Contains("cannot be opened", missing.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_store.File));

        await File.WriteAllBytesAsync(_store.File, [], Cancellation);
        BillingException empty = await Assert.ThrowsAsync<BillingException>(async () => await sink.WriteAsync([Some.Record()], Cancellation));
        Assert.Contains("has no tables of this version", empty.Message, StringComparison.Ordinal);
        Assert.Equal(0, new FileInfo(_store.File).Length);

        await _store.Open().WriteAsync([Some.Record("1")], Cancellation);
        Assert.Equal(WriteOutcome.Stored, (await sink.WriteAsync([Some.Record("2")], Cancellation))[0]);
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_named()
    {
        string folder = Path.Combine(_store.Folder, "no", "such");
        await using SqliteSink sink = new($"Data Source={Path.Combine(folder, "billing.db")}");
        BillingException refused = await Assert.ThrowsAsync<BillingException>(async () => await sink.WriteAsync([Some.Record()], Cancellation));
        Assert.Contains($"there is no folder '{folder}'", refused.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task Many_that_open_a_new_file_at_once_make_one_schema()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(async () => await _store.Open().WriteAsync([Some.Record($"{i}")], Cancellation), Cancellation)));
        Assert.Equal("8", _store.Scalar("SELECT count(*) FROM records"));
        Assert.Equal("ok", _store.Scalar("PRAGMA integrity_check"));
    }

    [Fact]
    public async Task A_file_opened_for_reading_is_read_and_not_written()
    {
        SqliteSink writer = _store.Open();
        await writer.WriteAsync([Some.Record("1")], Cancellation);
        await using SqliteSink reader = new(_store.ConnectionString + ";Mode=ReadOnly");
        Same.Record(Some.Record("1"), await reader.FindAsync(Some.Key("1"), Cancellation));
        BillingException refused = await Assert.ThrowsAsync<BillingException>(async () => await reader.WriteAsync([Some.Record("2")], Cancellation));
        Assert.Contains("cannot be written", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_tables_are_those_of_the_documentation()
    {
        string page = await File.ReadAllTextAsync(Repository.PathTo("docs", "stores.md"), Cancellation);
        string block = page.Split("```sql\n")[1].Split("```")[0];
        Assert.Equal(string.Join("\n\n", SqliteSchema.Scripts).ReplaceLineEndings("\n").Trim(), block.Trim());
    }

    private static string Version(int later) => (SqliteSchema.Scripts.Count + later).ToString(CultureInfo.InvariantCulture);
}
