using Billing.Sinks.Sqlite.Connections;
using Billing.Sinks.Sqlite.Schema;
using Billing.Sinks.Sqlite.Tests.Stores;

namespace Billing.Sinks.Sqlite.Tests;

/// <summary>Documents and amendments in files of the version before them, and in the indexes of the records.</summary>
public sealed class DocumentTests : IAsyncDisposable
{
    private const int Before = 5;

    private readonly SqliteFileStore _store = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static LedgerDocument Document(string id) => new("note", id, new byte[] { 1, 2, 3 });

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task A_file_of_version_5_keeps_its_records_and_takes_documents()
    {
        await FillAsync();
        SqliteSink now = _store.Open();
        Assert.Null(await now.FindDocumentAsync("note", "1", Cancellation));
        Assert.Equal("6", _store.Scalar("PRAGMA user_version"));

        await now.AmendAsync([new RecordAmendment(Some.Record("1"), null, Document("1"))], Cancellation);
        Assert.True(await now.AddDocumentAsync(Document("2"), Cancellation));
        Assert.Equal([Some.Key("2")], (await now.QueryAsync(new RecordQuery(), Cancellation)).Items.Select(record => record.Key));
        Assert.Equal("note/1 note/2", _store.Scalar("SELECT group_concat(document, ' ') FROM (SELECT document FROM documents ORDER BY document)"));
    }

    [Theory]
    [InlineData(false, "")]
    [InlineData(true, ";Mode=ReadOnly")]
    public async Task A_file_of_version_5_that_may_not_be_upgraded_has_no_documents_and_takes_none(bool create, string mode)
    {
        await FillAsync();
        await using SqliteSink sink = new(_store.ConnectionString + mode, new SqliteSinkOptions { CreateTables = create });
        Assert.NotNull(await sink.FindAsync(Some.Key("1"), Cancellation));
        Assert.Null(await sink.FindDocumentAsync("note", "1", Cancellation));
        Assert.Empty((await sink.GetDocumentsAsync(new DocumentQuery { Kind = "note" }, Cancellation)).Items);
        Func<Task>[] writes =
        [
            async () => await sink.AddDocumentAsync(Document("1"), Cancellation),
            async () => await sink.PutDocumentAsync(Document("1"), Cancellation),
            async () => await sink.AmendAsync([new RecordAmendment(Some.Record("1"), null, Document("1"))], Cancellation),
        ];
        foreach (Func<Task> write in writes)
        {
            BillingException error = await Assert.ThrowsAsync<BillingException>(write);
            Assert.Contains("has no table documents", error.Message, StringComparison.Ordinal);
        }

        Assert.Equal("5", _store.Scalar("PRAGMA user_version"));
        Assert.Equal("2", _store.Scalar("SELECT count(*) FROM records"));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(1_000)]
    public async Task After_amendments_the_indexes_have_each_record_once(int mostUnsorted)
    {
        SqliteSink one = _store.Open(new SqliteSinkOptions { MostUnsorted = mostUnsorted });
        SqliteSink other = _store.Open(new SqliteSinkOptions { MostUnsorted = mostUnsorted });
        BillingRecord[] records = [.. Enumerable.Range(0, 20).Select(i => Some.Record($"{i}", line: i))];
        await one.WriteAsync(records[..10], Cancellation);
        await other.WriteAsync(records[10..], Cancellation);

        // The last ones too, whose ids are given again.
        await other.AmendAsync([.. records[15..].Select((record, i) => new RecordAmendment(record, null, Document($"out/{i}")))], Cancellation);
        await one.AmendAsync([.. records[5..15].Select((record, i) => new RecordAmendment(record, Some.Record($"{i + 5}", line: i + 5, category: "c", date: new DateOnly(2025, 7, 1)), Document($"changed/{i}")))], Cancellation);
        Assert.All(await other.WriteAsync(records[15..], Cancellation), outcome => Assert.Equal(WriteOutcome.Stored, outcome));
        Assert.All(await one.WriteAsync(records, Cancellation), outcome => Assert.Equal(WriteOutcomeKind.Duplicate, outcome.Kind));

        // As any other program makes the indexes complete.
        _store.Scalar(EditSchema.Sort + "; SELECT 1");
        Assert.Equal("20 20 20", _store.Scalar("""
            SELECT (SELECT count(*) FROM records) || ' ' || (SELECT count(*) FROM record_keys AS k JOIN records AS r ON r.id = k.id AND substr(r.key, 1, 8) = k.head AND r.key_slot = k.slot)
                || ' ' || (SELECT count(*) FROM record_dates AS d JOIN records AS r ON r.id = d.id AND substr(r.key, 1, 8) = d.head AND r.date = d.date)
            """));
        Assert.Equal("20 20", _store.Scalar("SELECT (SELECT count(*) FROM record_keys) || ' ' || (SELECT count(*) FROM record_dates)"));
        Assert.Equal(10, (await other.QueryAsync(new RecordQuery { From = new DateOnly(2025, 7, 1) }, Cancellation)).Items.Count);
        Assert.Equal("ok", _store.Scalar("PRAGMA integrity_check"));
    }

    private async Task FillAsync()
    {
        await using SqliteSink old = new(SqliteLocation.Parse(_store.ConnectionString), new SqliteSinkOptions(), null, [.. SqliteSchema.Scripts.Take(Before)]);
        await old.WriteAsync([Some.Record("1"), Some.Record("2")], Cancellation);
        Assert.Equal("5", _store.Scalar("PRAGMA user_version"));
    }
}
