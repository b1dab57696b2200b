namespace Billing.Sinks.Conformance;

/// <summary>What every sink must hold, also one that cannot be read again: each record once and only once by its key, and one outcome for each.</summary>
public abstract class SinkSuite<TSink> : IAsyncLifetime
    where TSink : ISinkUnderTest, new()
{
    private const int Points = 200;
    private const int Seed = 20250618;

    protected SinkSuite() => Sink = UnderTest.Connect();

    protected ISinkUnderTest UnderTest { get; } = new TSink();

    protected IBillingSink Sink { get; private set; }

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await UnderTest.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_new_record_is_stored_and_the_same_again_is_a_duplicate_of_the_source_that_is_stored()
    {
        Assert.Equal([WriteOutcome.Stored], await WriteAsync(Some.Record(source: "june.csv")));
        Assert.Equal([WriteOutcome.Duplicate("june.csv")], await WriteAsync(Some.Record(source: "july.csv")));
        await HoldsAsync(Some.Key("1"));
    }

    [Fact]
    public async Task Other_content_under_a_key_is_a_conflict_and_overwrites_nothing()
    {
        BillingRecord first = Some.Record(content: "first", amount: 1m);
        BillingRecord second = Some.Record(content: "second", amount: 2m, source: "july.csv");
        await WriteAsync(first);
        Assert.Equal([WriteOutcome.Conflict("june.csv", first.Fingerprint)], await WriteAsync(second));
        Assert.Equal([WriteOutcome.Duplicate("june.csv"), WriteOutcome.Conflict("june.csv", first.Fingerprint)], await WriteAsync(first, second));
        await HoldsAsync(first.Key);
    }

    [Fact]
    public async Task Within_one_batch_the_first_of_a_key_is_stored_and_the_others_are_told_apart()
    {
        BillingRecord first = Some.Record("twin", content: "a", line: 2);
        Assert.Equal(
            [WriteOutcome.Stored, WriteOutcome.Stored, WriteOutcome.Duplicate("june.csv"), WriteOutcome.Conflict("june.csv", first.Fingerprint), WriteOutcome.Duplicate("june.csv")],
            await WriteAsync(Some.Record("other"), first, Some.Record("twin", content: "a", line: 3), Some.Record("twin", content: "b", line: 4), Some.Record("twin", content: "a", line: 5)));
        await HoldsAsync(Some.Key("other"), first.Key);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(26)]
    [InlineData(100)]
    [InlineData(10_000)]
    public async Task Batches_of_any_size_give_one_outcome_per_record_in_order(int size)
    {
        BillingRecord[] records = [.. Enumerable.Range(0, size).Select(i => Some.Record($"{i}", line: i))];
        await WriteAsync([.. records.Where((_, i) => i % 3 == 0)]);
        Assert.Equal(Enumerable.Range(0, size).Select(i => i % 3 == 0 ? WriteOutcomeKind.Duplicate : WriteOutcomeKind.Stored), (await WriteAsync(records)).Select(outcome => outcome.Kind));
        await HoldsAsync([.. records.Select(record => record.Key)]);
    }

    [Theory]
    [MemberData(nameof(Values.Amounts), MemberType = typeof(Values))]
    public async Task An_amount_is_taken_whole_or_refused_with_a_reason(string amount)
    {
        BillingRecord record = Some.Record(amount: decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture));
        await TakesOrRefusesAsync(record);
    }

    [Theory]
    [MemberData(nameof(Values.Texts), MemberType = typeof(Values))]
    public async Task A_text_is_taken_whole_or_refused_with_a_reason(string text) =>
        await TakesOrRefusesAsync(Some.Record(party: text, description: text, source: "june" + text + ".csv"));

    [Fact]
    public async Task What_a_run_was_told_is_stored_is_what_the_sink_holds_of_it()
    {
        IngestReport run = Some.Report("run-2");
        await WriteAsync(Some.Record("of another run", runId: "run-1"));
        BillingRecord[] records = [.. Enumerable.Range(0, 60).Select(i => Some.Record($"{i}", amount: i / 8m, currency: i % 3 == 0 ? "JPY" : "USD", reportingAmount: i, line: i, runId: "run-2"))];
        RunTotals told = new(
            new ControlTotals(60, new Dictionary<string, ExactSum> { ["USD"] = Sum("USD"), ["JPY"] = Sum("JPY") }),
            new ControlTotals(60, new Dictionary<string, ExactSum> { ["USD"] = ExactSum.From(records.Sum(record => record.ReportingAmount.Amount)) }));
        for (int i = 0; i < 2; i++)
        {
            await WriteAsync([.. records, Some.Record("of another run", runId: "run-2")]);
            Assert.Equal(UnderTest.TellsTotalsOfRuns ? told : null, await Sink.TotalsOfRunAsync(run, Cancellation));
        }

        ExactSum Sum(string currency) => ExactSum.From(records.Where(record => record.Amount.Currency.Code == currency).Sum(record => record.Amount.Amount));
    }

    [Fact]
    public async Task A_batch_that_is_cancelled_before_it_begins_stores_nothing_and_the_next_one_works()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Sink.WriteAsync([Some.Record()], new CancellationToken(canceled: true)));
        Assert.Equal([WriteOutcome.Stored], await WriteAsync(Some.Record()));
        await HoldsAsync(Some.Key("1"));
    }

    [Fact]
    public async Task A_batch_that_is_cancelled_midway_is_undone_or_completed_by_writing_it_again()
    {
        using CancellationTokenSource source = new();
        BillingRecord[] records = [.. Enumerable.Range(0, 1_000).Select(i => Some.Record($"{i}"))];
        try
        {
            Assert.All(await Sink.WriteAsync(new CancellingList(records, cancelAt: 500, source), source.Token), outcome => Assert.Equal(WriteOutcome.Stored, outcome));
        }
        catch (OperationCanceledException)
        {
            Assert.All(await WriteAsync(records), outcome => Assert.Contains(outcome.Kind, (WriteOutcomeKind[])[WriteOutcomeKind.Stored, WriteOutcomeKind.Duplicate]));
        }

        Assert.All(await WriteAsync(records), outcome => Assert.Equal(WriteOutcomeKind.Duplicate, outcome.Kind));
        await HoldsAsync([.. records.Select(record => record.Key)]);
    }

    [Fact]
    public async Task Several_runs_at_once_store_each_record_once()
    {
        int records = await Writing.AtOnceAsync(UnderTest.Connect, writers: 4, batches: 10);
        await HoldsAsync([.. Enumerable.Range(0, records).Select(i => Some.Key($"{i}"))]);
    }

    [Fact]
    public async Task Killed_at_200_points_and_called_again_nothing_is_lost_or_doubled()
    {
        Random random = new(Seed);
        List<RecordKey> keys = [];
        int midway = 0;
        for (int point = 0; point < Points; point++)
        {
            BillingRecord[] records = [.. Enumerable.Range(0, 14).Select(i => Some.Record($"{point}-{i}", amount: (i + 1) / 8m, line: i))];
            KillSwitch killing = new(random);
            midway += await Writing.RunAsync(Sink, records, killing) ? 0 : 1;
            Sink = UnderTest.Reopen();
            Assert.True(await Writing.RunAsync(Sink, records, KillSwitch.Never));
            Sink = UnderTest.Reopen();
            Assert.All(await WriteAsync(records), outcome => Assert.Equal(WriteOutcome.Duplicate("june.csv"), outcome));
            keys.AddRange(records.Select(record => record.Key));
        }

        Assert.True(midway > Points / 2, $"Only {midway} of {Points} runs were killed midway, too few for the test to be meaningful.");
        await HoldsAsync([.. keys]);
    }

    [Fact]
    public async Task Quarantine_and_runs_are_taken_as_often_as_they_come()
    {
        for (int i = 0; i < 2; i++)
        {
            await Sink.WriteRunAsync(Some.Report() with { Bytes = i }, Cancellation);
            await Sink.WriteQuarantineAsync([Some.Quarantined("1"), Some.Quarantined("2")], Cancellation);
            await Sink.WriteQuarantineAsync([], Cancellation);
        }

        Assert.False(string.IsNullOrWhiteSpace(Sink.Name));
        Assert.True(Sink.Concurrency >= 1);
    }

    protected ValueTask<IReadOnlyList<WriteOutcome>> WriteAsync(params BillingRecord[] records) => Sink.WriteAsync(records, Cancellation);

    private async Task TakesOrRefusesAsync(BillingRecord record)
    {
        WriteOutcome outcome = Assert.Single(await WriteAsync(record));
        if (outcome.Kind == WriteOutcomeKind.Refused)
        {
            Assert.False(string.IsNullOrWhiteSpace(outcome.Detail), "A record was refused without a reason.");
            Assert.Equal(WriteOutcomeKind.Refused, Assert.Single(await WriteAsync(record)).Kind);
            await HoldsAsync();
            return;
        }

        Assert.Equal(WriteOutcome.Stored, outcome);
        Sink = UnderTest.Reopen();
        Assert.Equal([WriteOutcome.Duplicate(record.Source.Name)], await WriteAsync(record));
        await HoldsAsync(record.Key);
    }

    // Each of these keys once, and no other, where the rows can be read.
    private async Task HoldsAsync(params RecordKey[] keys)
    {
        if (await UnderTest.ReadKeysAsync(Cancellation) is { } held)
        {
            Assert.Equal(keys.Order(), held.Order());
        }
    }
}
