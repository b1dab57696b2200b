using Billing.Sinks.Sqlite.Connections;
using Billing.Sinks.Sqlite.Schema;
using Billing.Sinks.Sqlite.Tests.Stores;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Sinks.Sqlite.Tests;

/// <summary>A file that was taken whole is not read again, unless anything was removed or changed by hand.</summary>
[Trait("Culture", "independent")]
public sealed class KnownSourceTests : IAsyncDisposable
{
    private const string June = "date,company,amount,currency\n2025-06-01,Acme,10,USD\n2025-06-01,Acme,10,USD\n2025-06-02,Acme,20,USD\n";

    private readonly SqliteFileStore _store = new();
    private readonly string _file;

    public KnownSourceTests()
    {
        _file = Path.Combine(_store.Folder, "june.csv");
        File.WriteAllText(_file, June);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task A_file_is_known_to_every_later_process()
    {
        IngestReport first = await TakeAsync();
        IngestReport second = await TakeAsync();
        Assert.Equal((first.RunId, 3, true), (second.KnownFrom, second.Duplicate.Rows, second.IsBalanced));
        Assert.Equal(first.RunId, (await _store.Open().FindRunAsync(second.RunId, Cancellation))!.KnownFrom);
    }

    [Theory]
    [InlineData("DELETE FROM records WHERE id = 1", 1)]
    [InlineData("DELETE FROM records", 3)]
    [InlineData("UPDATE records SET key = randomblob(32) WHERE id = 2", 1)]
    [InlineData("UPDATE records SET date = '2025-07-01' WHERE id = 2", 0)]
    [InlineData("UPDATE records SET fingerprint = randomblob(32) WHERE id = 2", 0)]
    [InlineData("DROP TRIGGER records_changed; UPDATE records SET fingerprint = randomblob(32) WHERE id = 2", 0)]
    public async Task After_an_edit_by_hand_the_file_is_read_and_what_is_missing_stored_again(string edit, int stored)
    {
        await TakeAsync();
        Assert.NotNull((await TakeAsync()).KnownFrom);
        _store.Scalar(edit + "; SELECT 1");

        IngestReport report = await TakeAsync();
        Assert.Equal((null, stored), (report.KnownFrom, report.Stored.Rows));
        Assert.Equal(3, report.Stored.Rows + report.Duplicate.Rows + report.Conflict.Rows);
    }

    [Theory]
    [InlineData("INSERT INTO records SELECT * FROM kept", 1)]
    [InlineData("INSERT INTO records (key, fingerprint, occurrence, origin, line, byte_offset, date, amount, currency, reporting_amount, reporting_currency) SELECT randomblob(32), fingerprint, occurrence, origin, line, byte_offset, date, amount, currency, reporting_amount, reporting_currency FROM kept", 2)]
    public async Task One_deleted_and_another_inserted_leave_as_many_records_and_the_file_is_read(string insert, int missing)
    {
        await TakeAsync();
        _store.Scalar($"CREATE TABLE kept AS SELECT * FROM records WHERE id = 1; DELETE FROM records WHERE id IN (1, 2); {insert}; SELECT 1");
        IngestReport report = await TakeAsync();
        Assert.Equal((null, missing), (report.KnownFrom, report.Stored.Rows));
        Assert.NotNull((await TakeAsync()).KnownFrom);
    }

    [Fact]
    public async Task What_another_source_lost_is_stored_again_too()
    {
        await TakeAsync();
        string copy = Path.Combine(_store.Folder, "copy.csv");
        File.Copy(_file, copy);

        // The copy has nothing of its own: its rows are those of june.csv.
        IngestReport taken = await TakeAsync(copy);
        Assert.Equal(taken.RunId, (await TakeAsync(copy)).KnownFrom);
        _store.Scalar("DELETE FROM records WHERE id = 3; SELECT 1");
        Assert.Equal(1, (await TakeAsync(copy)).Stored.Rows);
    }

    [Fact]
    public async Task Two_ledgers_know_their_own_sources_only()
    {
        await TakeAsync();
        await using SqliteSink other = new($"Data Source={Path.Combine(_store.Folder, "other.db")}");
        Assert.Equal(3, (await TakeAsync(_file, other)).Stored.Rows);
    }

    [Fact]
    public async Task A_copy_of_runs_and_records_knows_nothing()
    {
        IngestReport first = await TakeAsync();
        await using SqliteSink copy = new($"Data Source={Path.Combine(_store.Folder, "copy.db")}");

        // Copied while it ran, and again once it was complete, without its records.
        await copy.WriteRunAsync(first with { Status = RunStatus.Running }, Cancellation);
        await copy.WriteRunAsync(first, Cancellation);
        IngestReport report = await TakeAsync(_file, copy);
        Assert.Equal((null, 3), (report.KnownFrom, report.Stored.Rows));
    }

    [Fact]
    public async Task A_file_of_the_version_before_learns_what_it_knows_from_the_next_reading()
    {
        await using (SqliteSink old = new(SqliteLocationOf(_store), new SqliteSinkOptions(), null, [.. SqliteSchema.Scripts.Take(4)]))
        {
            await TakeAsync(_file, old);
            Assert.Null((await TakeAsync(_file, old)).KnownFrom);
        }

        Assert.Equal("4", _store.Scalar("PRAGMA user_version"));

        // It may not be upgraded here: it is used as it is, and every source is read.
        await using (SqliteSink same = _store.Open(new SqliteSinkOptions { CreateTables = false }))
        {
            Assert.Equal((null, 3), await KnownAndDuplicatesAsync(same));
            IngestReport old = await TakeAsync(_file, same);
            Assert.Equal((null, 3), (old.KnownFrom, old.Duplicate.Rows));
            Assert.Contains("is not sealed; open the store once for writing", Assert.Single(old.Warnings), StringComparison.Ordinal);
        }

        Assert.Equal("4", _store.Scalar("PRAGMA user_version"));
        IngestReport read = await TakeAsync();
        Assert.Equal((null, 3), (read.KnownFrom, read.Duplicate.Rows));
        Assert.Equal(read.RunId, (await TakeAsync()).KnownFrom);
    }

    [Fact]
    public async Task After_a_migration_the_file_is_read()
    {
        await TakeAsync();
        await using SqliteSink sink = _store.Open();
        BillingRecord record = (await sink.QueryAsync(new RecordQuery { PageSize = 1 }, Cancellation)).Items[0];
        await sink.ReplaceAsync([new RecordMove(record, Some.Record("moved", source: "june.csv"))], Cancellation);
        Assert.Equal((null, 1), (await TakeAsync() is var report ? report.KnownFrom : "", report.Stored.Rows));
    }

    [Fact]
    public async Task Of_a_thousand_files_of_which_three_are_new_three_are_read()
    {
        await using SqliteSink sink = _store.Open();
        string[] files = [.. Enumerable.Range(0, 1000).Select(i => Path.Combine(_store.Folder, $"{i:D4}.csv"))];
        foreach ((string file, int i) in files.Select((file, i) => (file, i)))
        {
            await File.WriteAllTextAsync(file, $"date,company,amount,currency\n2025-06-01,Company {i},{i}.01,USD\n", Cancellation);
        }

        int[] late = [0, 499, 999];
        foreach (string file in files.Where((_, i) => !late.Contains(i)))
        {
            await TakeAsync(file, sink);
        }

        List<IngestReport> reports = [];
        foreach (string file in files)
        {
            reports.Add(await TakeAsync(file, sink));
        }

        Assert.Equal(late, Enumerable.Range(0, 1000).Where(i => reports[i].KnownFrom is null));
        Assert.All(reports, report => Assert.True(report.IsBalanced));
        ControlTotals read = reports.Aggregate(ControlTotals.Zero, (sum, report) => sum + report.Read);
        Assert.Equal(read, reports.Aggregate(ControlTotals.Zero, (sum, report) => sum + report.Stored + report.Duplicate));
        Assert.Equal((1000, "499510"), (read.Rows, read["USD"].ToString()));
        SummaryRow stored = Assert.Single(await sink.SummarizeAsync(SummaryBy.Currency, new RecordQuery(), Cancellation));
        Assert.Equal(1000, stored.Billed.Rows);
    }

    private static SqliteLocation SqliteLocationOf(SqliteFileStore store) => SqliteLocation.Parse(store.ConnectionString);

    private async Task<(string?, long)> KnownAndDuplicatesAsync(SqliteSink sink) => await TakeAsync(_file, sink) is var report ? (report.KnownFrom, report.Duplicate.Rows) : default;

    private async Task<IngestReport> TakeAsync(string? file = null)
    {
        await using SqliteSink sink = _store.Open();
        return await TakeAsync(file ?? _file, sink);
    }

    private static async Task<IngestReport> TakeAsync(string file, SqliteSink sink)
    {
        await using ServiceProvider services = new ServiceCollection().AddBilling(billing => billing.AddSink(sink)).BuildServiceProvider();
        return await services.GetRequiredService<BillingPipeline>().IngestAsync(BillingSource.File(file), Cancellation);
    }
}
