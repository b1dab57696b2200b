using Billing.Sinks.Sqlite.Schema;
using Billing.Sinks.Sqlite.Tests.Stores;

namespace Billing.Sinks.Sqlite.Tests;

/// <summary>A key is stored once, and found, whoever wrote it by whatever SQL.</summary>
public sealed class EditTests : IAsyncDisposable
{
    private const string Columns =
        "key, key_slot, fingerprint, occurrence, origin, line, byte_offset, date, amount, currency, reporting_amount, reporting_currency";

    private readonly SqliteFileStore _store = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task A_receipt_with_an_alert_that_was_removed_by_hand_is_stored_again()
    {
        SqliteSink sink = _store.Open();
        Receipt receipt = new()
        {
            Id = Some.Key("receipt").ToString(),
            FileName = "a.pdf",
            Size = 1,
            UploadedAt = new DateTimeOffset(2025, 6, 14, 10, 0, 0, TimeSpan.Zero),
            Alerts = ["weekend date"],
        };
        Assert.Equal(ReceiptOutcome.Stored, await sink.AddReceiptAsync(receipt, new ReceiptUpload("1"), Cancellation));
        _store.Scalar("DELETE FROM receipt_uploads; DELETE FROM receipts; SELECT 1");
        Assert.Equal(ReceiptOutcome.Stored, await sink.AddReceiptAsync(receipt, new ReceiptUpload("2"), Cancellation));
        Assert.Single(await sink.GetAlertsAsync(Some.Key("receipt"), Cancellation));
    }

    [Theory]
    [InlineData(1, "id = 2")]
    [InlineData(1, "id = 5")]
    [InlineData(1, "id > 0")]
    [InlineData(1000, "id = 2")]
    [InlineData(1000, "id = 5")]
    [InlineData(1000, "id > 0")]
    public async Task Records_deleted_and_inserted_again_by_hand_are_duplicates_of_the_next_delivery(int mostUnsorted, string which)
    {
        SqliteSink sink = _store.Open(new SqliteSinkOptions { MostUnsorted = mostUnsorted });
        await sink.WriteAsync(Records(0, 5), Cancellation);
        _store.Scalar($"CREATE TABLE kept AS SELECT * FROM records WHERE {which}; DELETE FROM records WHERE {which}; INSERT INTO records SELECT * FROM kept; SELECT 1");
        await AssertAllAreStoredOnceAsync(sink, 5);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    public async Task Records_deleted_and_inserted_again_by_hand_under_new_ids_are_duplicates_of_the_next_delivery(int mostUnsorted)
    {
        SqliteSink sink = _store.Open(new SqliteSinkOptions { MostUnsorted = mostUnsorted });
        await sink.WriteAsync(Records(0, 5), Cancellation);
        _store.Scalar($"CREATE TABLE kept AS SELECT * FROM records WHERE id < 4; DELETE FROM records WHERE id < 4; INSERT INTO records ({Columns}) SELECT {Columns} FROM kept; SELECT 1");
        await AssertAllAreStoredOnceAsync(sink, 5);
    }

    [Theory]
    [InlineData(1, "INSERT")]
    [InlineData(1, "INSERT OR REPLACE")]
    [InlineData(1, "INSERT OR IGNORE")]
    [InlineData(1000, "INSERT")]
    [InlineData(1000, "INSERT OR REPLACE")]
    [InlineData(1000, "INSERT OR IGNORE")]
    public async Task An_equal_key_inserted_by_hand_is_refused(int mostUnsorted, string insert)
    {
        SqliteSink sink = _store.Open(new SqliteSinkOptions { MostUnsorted = mostUnsorted });
        await sink.WriteAsync(Records(0, 5), Cancellation);
        foreach (string columns in (string[])["key_slot", "key_slot + 1"])
        {
            Exception refused = Assert.ThrowsAny<Exception>(() => _store.Scalar($"{insert} INTO records ({Columns}) SELECT {Columns.Replace("key_slot", columns, StringComparison.Ordinal)} FROM records WHERE id = 3; SELECT 1"));
            Assert.Contains("UNIQUE constraint failed: records.key", refused.Message, StringComparison.Ordinal);
        }

        await AssertAllAreStoredOnceAsync(sink, 5);
    }

    [Theory]
    [InlineData("UPDATE records SET key = (SELECT key FROM records WHERE id = 1) WHERE id = 3")]
    [InlineData("UPDATE OR REPLACE records SET key = (SELECT key FROM records WHERE id = 1), key_slot = 1 WHERE id = 3")]
    [InlineData("UPDATE OR IGNORE records SET key = (SELECT key FROM records WHERE id = 1) WHERE id = 3")]
    [InlineData("UPDATE OR REPLACE records SET id = 1 WHERE id = 3")]
    [InlineData("UPDATE records SET id = -1 WHERE id = 3")]
    [InlineData("UPDATE records SET id = 9223372036854775807 WHERE id = 3")]
    [InlineData("REPLACE INTO records SELECT * FROM records WHERE id = 3")]
    public async Task What_would_break_the_keys_is_refused(string sql)
    {
        foreach (int mostUnsorted in (int[])[1000, 1])
        {
            SqliteSink sink = _store.Open(new SqliteSinkOptions { MostUnsorted = mostUnsorted });
            await sink.WriteAsync(Records(0, 5), Cancellation);
            Assert.ThrowsAny<Exception>(() => _store.Scalar(sql + "; SELECT 1"));
            await AssertAllAreStoredOnceAsync(sink, 5);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    public async Task A_record_moved_by_hand_is_found(int mostUnsorted)
    {
        SqliteSink sink = _store.Open(new SqliteSinkOptions { MostUnsorted = mostUnsorted });
        await sink.WriteAsync(Records(0, 5), Cancellation);
        _store.Scalar("UPDATE records SET id = 900 WHERE id = 3; UPDATE records SET key_slot = 4 WHERE id = 2; UPDATE records SET date = '1999-12-31' WHERE id = 1; SELECT 1");
        await AssertAllAreStoredOnceAsync(sink, 5);
    }

    [Fact]
    public async Task A_file_that_an_older_version_let_lose_a_key_is_mended_when_it_is_brought_forward()
    {
        await MakeOldAsync("INSERT INTO records SELECT * FROM new.records; UPDATE record_order SET through = 5; INSERT INTO record_keys SELECT substr(key, 1, 8), key_slot, id FROM records WHERE id <> 2");
        await AssertAllAreStoredOnceAsync(_store.Open(), 5);
    }

    [Fact]
    public async Task A_file_that_an_older_version_let_have_a_key_twice_is_refused_with_the_remedy()
    {
        await MakeOldAsync($"INSERT INTO records SELECT * FROM new.records; INSERT INTO records ({Columns}) SELECT {Columns} FROM new.records WHERE id = 3");
        BillingException refused = await Assert.ThrowsAsync<BillingException>(async () => await _store.Open().FindAsync(Records(0, 1)[0].Key, Cancellation));
        string find = refused.Message.Split('\'').Single(part => part.StartsWith("SELECT", StringComparison.Ordinal));
        Assert.Equal("3", _store.Scalar(find));
        Assert.Equal("2", _store.Scalar("PRAGMA user_version"));
        _store.Scalar("DELETE FROM records WHERE id = 6; SELECT 1");
        await AssertAllAreStoredOnceAsync(_store.Open(), 5);
    }

    private async Task AssertAllAreStoredOnceAsync(SqliteSink sink, int count)
    {
        BillingRecord[] records = Records(0, count);
        Assert.All(await sink.WriteAsync(records, Cancellation), outcome => Assert.Equal(WriteOutcomeKind.Duplicate, outcome.Kind));
        await using SqliteSink sorting = _store.Open(new SqliteSinkOptions { MostUnsorted = 1 });
        Assert.All(await sorting.WriteAsync(records, Cancellation), outcome => Assert.Equal(WriteOutcomeKind.Duplicate, outcome.Kind));
        Assert.All(await sorting.WriteAsync(Records(count, 1), Cancellation), outcome => Assert.NotEqual(WriteOutcomeKind.Conflict, outcome.Kind));
        Assert.Equal(count + 1, (await sorting.QueryAsync(new RecordQuery(), Cancellation)).Items.Count);
        Assert.NotNull(await sorting.FindAsync(records[0].Key, Cancellation));
        Assert.Equal($"{count + 1}", _store.Scalar("SELECT count(*) FROM records"));
        Assert.Equal("0", _store.Scalar("SELECT writing FROM record_order"));
        _store.Scalar($"DELETE FROM records WHERE key = x'{Convert.ToHexString(Records(count, 1)[0].Key.ToByteArray())}'; SELECT 1");
    }

    // A file of version 2, filled from a file of this version.
    private async Task MakeOldAsync(string fill)
    {
        await using (SqliteSink sink = _store.Open())
        {
            await sink.WriteAsync(Records(0, 5), Cancellation);
        }

        string newer = _store.File + ".new";
        System.IO.File.Move(_store.File, newer);
        _store.Scalar($"ATTACH '{newer}' AS new; {SqliteSchema.Scripts[0]} {SqliteSchema.Scripts[1]} INSERT INTO origins SELECT * FROM new.origins; {fill}; PRAGMA application_id = {SqliteSchema.ApplicationId}; PRAGMA user_version = 2; SELECT 1");
    }

    private static BillingRecord[] Records(int first, int count) => [.. Enumerable.Range(first, count).Select(i => Some.Record($"{i}"))];
}
