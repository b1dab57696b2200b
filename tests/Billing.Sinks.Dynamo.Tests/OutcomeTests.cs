using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Billing.Sinks.Dynamo.Items;

namespace Billing.Sinks.Dynamo.Tests;

/// <summary>What only DynamoDB refuses, meets or loses.</summary>
public sealed class OutcomeTests : IAsyncDisposable
{
    private const int Seed = 20250617;
    private readonly DynamoStore _store = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task An_item_of_exactly_the_size_that_DynamoDB_takes_is_stored_and_one_more_byte_is_refused()
    {
        DynamoSink sink = _store.Connect(_store.Client);
        long bare = new OwnForm().Write(Some.Record(description: "x"), Guid.NewGuid().ToString("N")).Size - 1;
        int most = (int)(ItemBuilder.MaxItemSize - bare);

        IReadOnlyList<WriteOutcome> outcomes = await sink.WriteAsync(
            [Some.Record("1", description: new string('x', most)), Some.Record("2", description: new string('x', most + 1)), Some.Record("3")], Cancellation);

        Assert.Equal([WriteOutcomeKind.Stored, WriteOutcomeKind.Refused, WriteOutcomeKind.Stored], outcomes.Select(outcome => outcome.Kind));
        Assert.Contains("409601 bytes", outcomes[1].Detail, StringComparison.Ordinal);
        Assert.Equal(most, (await sink.FindAsync(Some.Key("1"), Cancellation))!.Description!.Length);
        Assert.Null(await sink.FindAsync(Some.Key("2"), Cancellation));
    }

    [Fact]
    public async Task Half_of_a_surrogate_pair_is_refused_wherever_it_stands()
    {
        DynamoSink sink = _store.Connect(_store.Client);
        IReadOnlyList<WriteOutcome> outcomes = await sink.WriteAsync(
            [
                Some.Record("1", party: "a\uD800b"), Some.Record("2", flags: ["\uDC00"]), Some.Record("3", attributes: new RecordAttributes(["\uD800"], [null])),
                Some.Record("4", source: "\uD800"), Some.Record("5", scope: "\uDFFF"), Some.Record("6"),
            ],
            Cancellation);
        Assert.Equal([.. Enumerable.Repeat(WriteOutcomeKind.Refused, 5), WriteOutcomeKind.Stored], outcomes.Select(outcome => outcome.Kind));
        Assert.All(outcomes.Take(5), outcome => Assert.Contains("surrogate", outcome.Detail, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    public async Task With_30_percent_of_calls_failing_every_record_is_stored_once_and_says_so(int recordsPerTransaction)
    {
        using FaultyClient faulty = new(DynamoDbServer.Shared, 30, Seed + recordsPerTransaction);
        DynamoSink sink = _store.Connect(faulty, options =>
        {
            options.RecordsPerTransaction = recordsPerTransaction;
            options.MaxAttempts = 40;
        });
        BillingRecord[] before = [.. Enumerable.Range(0, 300).Select(i => Some.Record($"{i}", source: "may.csv", date: DateOf(i)))];
        BillingRecord[] records = [.. Enumerable.Range(200, 400).Select(i => Some.Record($"{i}", content: i % 10 == 0 ? "other" : null, date: DateOf(i)))];

        IReadOnlyList<WriteOutcome> first = await sink.WriteAsync(before, Cancellation);
        IReadOnlyList<WriteOutcome> second = await sink.WriteAsync([.. records, records[399], records[395]], Cancellation);
        IReadOnlyList<WriteOutcome> third = await sink.WriteAsync(records, Cancellation);

        Assert.All(first, outcome => Assert.Equal(WriteOutcome.Stored, outcome));
        Assert.Equal(
            [
                .. Enumerable.Range(200, 400).Select(i => i >= 300 ? WriteOutcomeKind.Stored : i % 10 == 0 ? WriteOutcomeKind.Conflict : WriteOutcomeKind.Duplicate),
                WriteOutcomeKind.Duplicate, WriteOutcomeKind.Duplicate,
            ],
            second.Select(outcome => outcome.Kind));
        Assert.Equal(
            Enumerable.Range(200, 400).Select(i => i is < 300 && i % 10 == 0 ? WriteOutcomeKind.Conflict : WriteOutcomeKind.Duplicate),
            third.Select(outcome => outcome.Kind));
        Assert.True(faulty.Faults >= 20, $"Only {faulty.Faults} calls failed; the test shows too little.");
        Assert.Equal(600, await CountAsync(sink));
        Assert.Equal(600, (await sink.SummarizeAsync(SummaryBy.Month, new RecordQuery(), Cancellation)).Sum(row => row.Billed.Rows));
        using AmazonDynamoDBClient sound = DynamoDbServer.Shared.NewClient();
        Assert.Equal(600, await CountAsync(_store.Connect(sound)));
    }

    [Fact]
    public async Task With_30_percent_of_calls_failing_quarantine_and_runs_are_kept_once()
    {
        using FaultyClient faulty = new(DynamoDbServer.Shared, 30, Seed);
        DynamoSink sink = _store.Connect(faulty, options => options.MaxAttempts = 40);
        QuarantinedRecord[] rows = [.. Enumerable.Range(0, 120).Select(i => Some.Quarantined($"{i}", raw: new string('x', i % 40 == 0 ? 600_000 : 20), line: i))];
        await sink.WriteQuarantineAsync(rows, Cancellation);
        await sink.WriteQuarantineAsync(rows, Cancellation);
        await sink.ResolveQuarantineAsync([.. rows.Take(20).Select(row => row.Key)], "run-2", Cancellation);
        for (int i = 0; i < 10; i++)
        {
            await sink.WriteRunAsync(Some.Report(), Cancellation);
        }

        Assert.True(faulty.Faults >= 20, $"Only {faulty.Faults} calls failed; the test shows too little.");
        IReadOnlyList<QuarantinedRecord> open = (await sink.GetQuarantineAsync(new QuarantineQuery { PageSize = 1_000 }, Cancellation)).Items;
        Assert.Equal(rows.Skip(20).Select(row => row.Key), open.Select(row => row.Key));
        Assert.Equal(rows.Skip(20).Select(row => row.Raw.Length), open.Select(row => row.Raw.Length));
        Assert.Equal(120, (await sink.GetQuarantineAsync(new QuarantineQuery { PageSize = 1_000, IncludeResolved = true }, Cancellation)).Items.Count);
        Assert.Single((await sink.GetRunsAsync(new PageRequest(), Cancellation)).Items);
    }

    [Fact]
    public async Task What_fails_for_ever_is_thrown_and_what_was_stored_stays_stored()
    {
        DynamoSink sound = _store.Connect(_store.Client);
        await sound.WriteAsync([Some.Record("1")], Cancellation);
        using FaultyClient broken = new(DynamoDbServer.Shared, 100, Seed);
        DynamoSink sink = _store.Connect(broken, options => options.MaxAttempts = 3);
        BillingException thrown = await Assert.ThrowsAsync<BillingException>(async () => await sink.WriteAsync([Some.Record("2"), Some.Record("3")], Cancellation));
        Assert.Contains("running again is safe", thrown.Message, StringComparison.Ordinal);
        IReadOnlyList<WriteOutcome> again = await sound.WriteAsync([Some.Record("1"), Some.Record("2"), Some.Record("3")], Cancellation);
        Assert.Equal(WriteOutcomeKind.Duplicate, again[0].Kind);
        Assert.Equal(3, await CountAsync(sound));
    }

    [Fact]
    public async Task A_server_that_was_never_there_is_told_at_once_and_one_that_was_is_tried_again()
    {
        using RefusingClient client = new(DynamoDbServer.Shared);
        await _store.Connect(_store.Client).WriteAsync([Some.Record("1")], Cancellation);
        DynamoSink sink = _store.Connect(client, options => (options.CreateTables, options.MaxAttempts) = (false, 3));
        BillingException told = await Assert.ThrowsAsync<BillingException>(async () => await sink.FindAsync(Some.Record("1").Key, Cancellation));
        Assert.Contains("DynamoDB does not answer", told.Message, StringComparison.Ordinal);
        Assert.Equal(1, client.Refused);

        client.Refuses = false;
        Assert.NotNull(await sink.FindAsync(Some.Record("1").Key, Cancellation));
        client.Refuses = true;
        await Assert.ThrowsAsync<BillingException>(async () => await sink.FindAsync(Some.Record("1").Key, Cancellation));
        Assert.Equal(1 + 3, client.Refused);
    }

    [Fact]
    public async Task A_batch_that_is_cancelled_midway_is_completed_by_writing_it_again()
    {
        DynamoSink sink = _store.Connect(_store.Client);
        BillingRecord[] records = [.. Enumerable.Range(0, 3_000).Select(i => Some.Record($"{i}"))];
        await sink.WriteAsync([Some.Record("before")], Cancellation);
        using CancellationTokenSource source = new();
        Task writing = Task.Run(async () => await sink.WriteAsync(records, source.Token), Cancellation);
        while (await CountAsync(sink) < 100)
        {
            await Task.Yield();
        }

        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writing);
        IReadOnlyList<WriteOutcome> again = await sink.WriteAsync(records, Cancellation);
        int duplicates = again.Count(outcome => outcome.Kind == WriteOutcomeKind.Duplicate);
        Assert.InRange(duplicates, 99, records.Length - 1);
        Assert.Equal(records.Length - duplicates, again.Count(outcome => outcome.Kind == WriteOutcomeKind.Stored));
        Assert.Equal(records.Length + 1, await CountAsync(sink));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    public async Task Eight_writers_of_the_same_records_store_each_once(int recordsPerTransaction)
    {
        BillingRecord[] records = [.. Enumerable.Range(0, 240).Select(i => Some.Record($"{i}"))];
        IReadOnlyList<WriteOutcome>[] outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(
            async () =>
            {
                DynamoSink sink = _store.Connect(_store.Client, options =>
                {
                    options.RecordsPerTransaction = recordsPerTransaction;
                    options.MaxAttempts = 60;
                });
                int first = writer * 30 % records.Length;
                return await sink.WriteAsync([.. records.Skip(first), .. records.Take(first)], Cancellation);
            },
            Cancellation)));
        Assert.Equal(records.Length, outcomes.Sum(written => written.Count(outcome => outcome.Kind == WriteOutcomeKind.Stored)));
        Assert.Equal(7 * records.Length, outcomes.Sum(written => written.Count(outcome => outcome.Kind == WriteOutcomeKind.Duplicate)));
        Assert.Equal(records.Length, await CountAsync(_store.Connect(_store.Client)));
    }

    [Fact]
    public async Task A_large_report_and_a_large_quarantined_row_come_back_whole()
    {
        DynamoSink sink = _store.Connect(_store.Client);
        IngestReport report = Some.Report() with { Warnings = [.. Enumerable.Range(0, 5_000).Select(i => $"Warning {i} of a run that had many of them, each of some length.")] };
        await sink.WriteRunAsync(report, Cancellation);
        Assert.Equal(report.Warnings, Assert.Single((await sink.GetRunsAsync(new PageRequest(), Cancellation)).Items).Warnings);
        QuarantinedRecord large = Some.Quarantined(raw: string.Concat(Enumerable.Range(0, 400_000).Select(i => (char)('a' + (i % 7)))));
        await sink.WriteQuarantineAsync([large], Cancellation);
        Assert.Equal(large.RawText, Assert.Single((await sink.GetQuarantineAsync(new QuarantineQuery(), Cancellation)).Items).RawText);
    }

    [Fact]
    public async Task Nothing_of_the_ledger_is_given_a_time_to_live()
    {
        DynamoSink sink = _store.Connect(_store.Client);
        await sink.WriteAsync([Some.Record()], Cancellation);
        DescribeTimeToLiveResponse ttl = await _store.Client.DescribeTimeToLiveAsync(new DescribeTimeToLiveRequest { TableName = _store.TableName }, Cancellation);
        Assert.Equal(TimeToLiveStatus.DISABLED, ttl.TimeToLiveDescription.TimeToLiveStatus);
    }

    private static DateOnly DateOf(int i) => new DateOnly(2020, 1, 15).AddMonths(i % 60);

    private static async Task<int> CountAsync(DynamoSink sink)
    {
        int count = 0;
        RecordQuery query = new() { PageSize = 1_000 };
        do
        {
            Page<BillingRecord> page = await sink.QueryAsync(query, Cancellation);
            count += page.Items.Count;
            query = query with { ContinuationToken = page.ContinuationToken };
        }
        while (query.ContinuationToken is not null);

        return count;
    }
}
