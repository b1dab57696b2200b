using System.Globalization;
using Billing.Sinks.Dynamo.Connections;
using Billing.Sinks.Dynamo.Items;
using Billing.Sinks.Dynamo.Records;
using Billing.Storage;

namespace Billing.Sinks.Dynamo.Tests;

/// <summary>The pages of a table that has no index: in order, each item once, and none older than the page before.</summary>
public sealed class LayoutPageTests : IDisposable
{
    private static readonly RecordQuery s_query = new() { PageSize = 5 };

    private readonly CountingClient _client = new(DynamoDbServer.Shared);
    private readonly string _table = $"pages-{Guid.NewGuid():N}";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static DynamoItemLayout Expenses => new() { HashKey = DynamoField.Text("expenseId", record => record.SourceId) };

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task Keys_of_two_parts_are_told_apart_whatever_characters_they_contain()
    {
        DynamoSink sink = Sink(new DynamoItemLayout { HashKey = DynamoField.Text("id", record => record.SourceId), RangeKey = DynamoField.Text("at", record => record.Account) });
        BillingRecord[] written = [Some.Record("1", sourceId: "a\0Sb", account: "c"), Some.Record("2", sourceId: "a", account: "b\0Sc"), Some.Record("3", sourceId: "5:Sa", account: "1:")];
        Assert.All(await sink.WriteAsync(written, Cancellation), outcome => Assert.Equal(WriteOutcome.Stored, outcome));

        Assert.Equal(written.OrderBy(RecordPosition.Of).Select(record => record.Key), (await sink.QueryAsync(new RecordQuery(), Cancellation)).Items.Select(record => record.Key));
    }

    [Theory]
    [InlineData(7, 1_000)]
    [InlineData(100, 1_000)]
    [InlineData(10_000, 1_000)]
    [InlineData(9, 30)]
    [InlineData(1, 110)]
    public async Task Items_whose_records_have_one_date_and_key_are_each_listed_once(int size, int mostPlaces)
    {
        BillingRecord[] written = [.. Enumerable.Range(0, 250).Select(i => Some.Record($"{i / 125}", sourceId: $"e-{i:D3}"))];
        await Sink(Expenses).WriteAsync(written, Cancellation);
        using ScannedReads reads = Reads(mostPlaces);

        List<string?> read = [];
        RecordQuery query = new() { PageSize = size };
        do
        {
            Page<BillingRecord> page = await reads.QueryAsync(query, Cancellation);
            read.AddRange(page.Items.Select(record => record.SourceId));
            query = query with { ContinuationToken = page.ContinuationToken };
        }
        while (query.ContinuationToken is not null);

        Assert.Equal(written.Length, read.Count);
        Assert.Equal(written.OrderBy(RecordPosition.Of).ThenBy(record => record.SourceId, StringComparer.Ordinal).Select(record => record.SourceId), read);
    }

    [Fact]
    public async Task The_token_of_another_sink_is_not_served_from_what_was_scanned_before()
    {
        DynamoSink earlier = Sink(Expenses);
        DynamoSink later = Sink(Expenses);
        await earlier.WriteAsync(Days(0, 12), Cancellation);
        await earlier.QueryAsync(s_query, Cancellation);
        await later.WriteAsync(Days(12, 1), Cancellation);
        Page<BillingRecord> first = await later.QueryAsync(s_query, Cancellation);

        IReadOnlyList<string> rest = await RestAsync(earlier, first);

        Assert.Equal(Enumerable.Range(5, 8).Select(Id), rest);
    }

    [Fact]
    public async Task A_token_of_an_earlier_version_is_not_served_from_what_was_scanned_before()
    {
        DynamoSink sink = Sink(Expenses);
        await sink.WriteAsync(Days(0, 12), Cancellation);
        Page<BillingRecord> first = await sink.QueryAsync(s_query, Cancellation);
        await Sink(Expenses).WriteAsync(Days(12, 1), Cancellation);

        IReadOnlyList<string> rest = await RestAsync(sink, first with { ContinuationToken = first.ContinuationToken!.Split('.')[0] });

        Assert.Equal(Enumerable.Range(5, 8).Select(Id), rest);
    }

    [Fact]
    public async Task A_listing_goes_on_in_a_later_scan_of_the_same_query_and_costs_none()
    {
        DynamoSink sink = Sink(Expenses);
        await sink.WriteAsync(Days(0, 12), Cancellation);
        Page<BillingRecord> first = await sink.QueryAsync(s_query, Cancellation);
        await sink.QueryAsync(s_query, Cancellation);

        Assert.Equal(Enumerable.Range(5, 7).Select(Id), await RestAsync(sink, first));
        Assert.Equal(2, _client.Scans);
    }

    [Fact]
    public async Task What_the_sink_writes_itself_is_on_the_pages_that_follow_without_another_scan()
    {
        DynamoSink sink = Sink(Expenses);
        await sink.WriteAsync(Days(0, 12), Cancellation);
        Page<BillingRecord> first = await sink.QueryAsync(s_query with { Party = "Acme" }, Cancellation);
        await sink.WriteAsync([.. Days(3, 1), .. Days(8, 1), .. Days(12, 2), Some.Record("z", sourceId: "z", party: "Other"), Some.Record("none")], Cancellation);

        Assert.Equal(Enumerable.Range(5, 9).Select(Id), await RestAsync(sink, first, s_query with { Party = "Acme" }));
        Assert.Equal(1, _client.Scans);
    }

    [Fact]
    public async Task What_the_sink_writes_during_a_scan_is_on_the_pages_that_follow()
    {
        DynamoSink sink = Sink(Expenses);
        await sink.WriteAsync(Days(0, 12), Cancellation);
        _client.AfterScan = async () => await sink.WriteAsync(Days(11, 2), Cancellation);
        Page<BillingRecord> first = await sink.QueryAsync(s_query, Cancellation);

        Assert.Equal(Enumerable.Range(5, 8).Select(Id), await RestAsync(sink, first));
        Assert.Equal(1, _client.Scans);
    }

    [Fact]
    public async Task What_is_written_after_a_scan_that_put_only_the_first_records_in_order_is_listed_once()
    {
        DynamoSink sink = Sink(Expenses);
        await sink.WriteAsync(Days(0, 100), Cancellation);
        using ScannedReads reads = Reads(mostPlaces: 30);
        RecordQuery query = new() { PageSize = 10 };
        Page<BillingRecord> page = await reads.QueryAsync(query, Cancellation);
        BillingRecord[] more = [.. Enumerable.Range(0, 100).Select(i => Some.Record($"more {i}", sourceId: $"f-{i:D3}", date: new DateOnly(2025, 6, 1).AddDays(i)))];
        await sink.WriteAsync(more, Cancellation);
        reads.Written(more);

        List<string?> read = [.. page.Items.Select(record => record.SourceId)];
        while (page.ContinuationToken is not null)
        {
            page = await reads.QueryAsync(query with { ContinuationToken = page.ContinuationToken }, Cancellation);
            read.AddRange(page.Items.Select(record => record.SourceId));
        }

        // The tenth record may come before or after what was written for its day.
        Assert.Equal(Enumerable.Range(10, 90).Select(i => $"e-{i:D3}").Concat(Enumerable.Range(10, 90).Select(i => $"f-{i:D3}")), read.Skip(10).Where(id => id != "f-009").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_record_that_the_sink_moves_is_listed_in_its_new_place()
    {
        DynamoSink sink = Sink(Expenses);
        BillingRecord[] written = Days(0, 12);
        await sink.WriteAsync(written, Cancellation);
        Page<BillingRecord> first = await sink.QueryAsync(s_query, Cancellation);
        await sink.ReplaceAsync([.. written.Skip(8).Select(record => new RecordMove(record, Some.Record("moved " + record.SourceId, sourceId: record.SourceId, date: record.Date)))], Cancellation);

        Assert.Equal(Enumerable.Range(5, 7).Select(Id), await RestAsync(sink, first));
        Assert.Equal(Some.Key("moved " + Id(9)), (await sink.FindAsync(Some.Key("moved " + Id(9)), Cancellation))!.Key);
        Assert.Equal(1, _client.Scans);
    }

    [Fact]
    public async Task A_migration_in_several_pages_scans_the_table_once()
    {
        const int records = 2_050;
        DynamoSink sink = Sink(Expenses);
        await sink.WriteAsync([.. Enumerable.Range(0, records).Select(i => Some.Record($"{i}", sourceId: $"e-{i:D4}", date: new DateOnly(2025, 6, 1).AddDays(i / 100)))], Cancellation);

        StoreMigrationReport report = await new StoreMigration(sink).RunAsync(Cancellation);

        Assert.Equal((records, records), (report.Records, report.Changed));
        Assert.Equal(records, _client.ItemsScanned);
    }

    [Fact]
    public async Task First_pages_that_are_asked_for_at_once_scan_one_after_the_other_and_share_a_scan_that_began_later()
    {
        DynamoSink sink = Sink(Expenses);
        await sink.WriteAsync(Days(0, 12), Cancellation);
        TaskCompletionSource all = new();
        _client.AfterScan = () => all.Task;
        Task<Page<BillingRecord>>[] pages = [.. Enumerable.Range(0, 8).Select(_ => sink.QueryAsync(s_query, Cancellation).AsTask())];
        all.SetResult();

        Assert.All(await Task.WhenAll(pages), page => Assert.Equal(5, page.Items.Count));
        Assert.Equal((1, 2), (_client.ScansAtOnce, _client.Scans));
    }

    [Fact]
    public async Task What_was_scanned_is_forgotten_after_ten_minutes()
    {
        TimersTime time = new();
        BillingRecord[] written = Days(0, 12);
        await Sink(Expenses).WriteAsync(written, Cancellation);
        using DynamoSink sink = Sink(Expenses, time);
        await sink.QueryAsync(s_query, Cancellation);
        time.Pass(TimeSpan.FromMinutes(9));
        await sink.QueryAsync(s_query, Cancellation);

        // The timer of the first scan has no say about the second.
        time.Pass(TimeSpan.FromMinutes(9));
        await sink.FindAsync(written[3].Key, Cancellation);
        Assert.Equal(2, _client.Scans);

        time.Pass(TimeSpan.FromMinutes(2));
        await sink.FindAsync(written[3].Key, Cancellation);
        Assert.Equal(3, _client.Scans);
    }

    [Fact]
    public async Task A_page_that_is_asked_for_ten_minutes_after_the_scan_scans_even_if_no_timer_came()
    {
        TimersTime time = new();
        await Sink(Expenses).WriteAsync(Days(0, 12), Cancellation);
        using DynamoSink sink = Sink(Expenses, time);
        Page<BillingRecord> first = await sink.QueryAsync(s_query, Cancellation);
        await Sink(Expenses).WriteAsync(Days(12, 1), Cancellation);
        time.Pass(TimeSpan.FromMinutes(11), timersEnd: false);

        Assert.Equal(Enumerable.Range(5, 8).Select(Id), await RestAsync(sink, first));
        Assert.Equal(2, _client.Scans);
    }

    [Theory]
    [InlineData(".")]
    [InlineData(".AAAA")]
    [InlineData(".not base64url")]
    public async Task A_token_with_a_damaged_mark_is_refused(string mark)
    {
        DynamoSink sink = Sink(Expenses);
        await sink.WriteAsync(Days(0, 12), Cancellation);
        string token = (await sink.QueryAsync(s_query, Cancellation)).ContinuationToken!.Split('.')[0];

        await Assert.ThrowsAsync<ArgumentException>(async () => await sink.QueryAsync(s_query with { ContinuationToken = token + mark }, Cancellation));
    }

    private static string Id(int day) => string.Create(CultureInfo.InvariantCulture, $"e-{day:D3}");

    private static BillingRecord[] Days(int first, int count) =>
        [.. Enumerable.Range(first, count).Select(i => Some.Record(Id(i), sourceId: Id(i), date: new DateOnly(2025, 6, 1).AddDays(i)))];

    private static async Task<IReadOnlyList<string>> RestAsync(DynamoSink sink, Page<BillingRecord> first, RecordQuery? query = null)
    {
        List<string> ids = [];
        await foreach (IReadOnlyList<BillingRecord> page in sink.QueryPagesAsync((query ?? s_query) with { ContinuationToken = first.ContinuationToken! }, Cancellation))
        {
            ids.AddRange(page.Select(record => record.SourceId!));
        }

        return ids;
    }

    private DynamoSink Sink(DynamoItemLayout layout, TimeProvider? time = null) =>
        new(_client, new DynamoSinkOptions { TableName = _table, Layout = layout, CreateTables = true }, time);

    private ScannedReads Reads(int mostPlaces) =>
        new(new ItemReader(_client, new Retries(new DynamoSinkOptions(), TimeProvider.System, new ListLogger())), new LayoutForm(Expenses), _table, TimeProvider.System, new ListLogger(), mostPlaces);
}
