namespace Billing.Sinks.Conformance;

/// <summary>Tests that each record is stored once and only once by its key, and that the others get the right outcome.</summary>
public abstract class WriteSuite<TStore> : StoreSuite<TStore>
    where TStore : IStoreUnderTest, new()
{
    [Fact]
    public async Task A_new_record_is_stored()
    {
        BillingRecord record = Some.Record();
        Assert.Equal([WriteOutcome.Stored], await WriteAsync(record));
        Same.Record(record, await Store.FindAsync(record.Key, Cancellation));
    }

    [Fact]
    public async Task A_key_that_is_not_there_is_not_found()
    {
        await WriteAsync(Some.Record("1"));
        Assert.Null(await Store.FindAsync(Some.Key("2"), Cancellation));
    }

    [Fact]
    public async Task The_same_content_again_is_a_duplicate_and_names_the_source_that_is_stored()
    {
        await WriteAsync(Some.Record(source: "june.csv"));
        Assert.Equal([WriteOutcome.Duplicate("june.csv")], await WriteAsync(Some.Record(source: "july.csv")));
        Assert.Equal("june.csv", (await Store.FindAsync(Some.Key("1"), Cancellation))!.Source.Name);
    }

    [Fact]
    public async Task Other_content_under_the_same_key_is_a_conflict_and_overwrites_nothing()
    {
        BillingRecord first = Some.Record(content: "first", amount: 1m);
        await WriteAsync(first);
        Assert.Equal([WriteOutcome.Conflict("june.csv", first.Fingerprint)], await WriteAsync(Some.Record(content: "second", amount: 2m, source: "july.csv")));
        Same.Record(first, await Store.FindAsync(first.Key, Cancellation));
    }

    [Fact]
    public async Task Within_one_batch_the_first_of_a_key_is_stored_and_the_others_are_told_apart()
    {
        BillingRecord first = Some.Record("twin", content: "a", line: 2);
        IReadOnlyList<WriteOutcome> outcomes = await WriteAsync(
            Some.Record("other"),
            first,
            Some.Record("twin", content: "a", line: 3),
            Some.Record("twin", content: "b", line: 4),
            Some.Record("twin", content: "a", line: 5));
        Assert.Equal(
            [WriteOutcome.Stored, WriteOutcome.Stored, WriteOutcome.Duplicate("june.csv"), WriteOutcome.Conflict("june.csv", first.Fingerprint), WriteOutcome.Duplicate("june.csv")],
            outcomes);
        Same.Record(first, await Store.FindAsync(first.Key, Cancellation));
    }

    [Fact]
    public async Task Keys_that_share_their_first_bytes_are_different_keys()
    {
        BillingRecord[] records = [.. Enumerable.Range(0, 5).Select(i => WithCrowdedKey((byte)i, $"content {i}"))];
        Assert.All(await WriteAsync(records), outcome => Assert.Equal(WriteOutcome.Stored, outcome));
        Assert.All(await WriteAsync([.. records.Reverse()]), outcome => Assert.Equal(WriteOutcomeKind.Duplicate, outcome.Kind));
        Assert.Equal([WriteOutcome.Conflict("june.csv", records[3].Fingerprint)], await WriteAsync(WithCrowdedKey(3, "other")));
        foreach (BillingRecord record in records)
        {
            Same.Record(record, await Store.FindAsync(record.Key, Cancellation));
        }

        Assert.Null(await Store.FindAsync(WithCrowdedKey(9, "absent").Key, Cancellation));
        Assert.Equal(records.Select(record => record.Key), (await ReadAllAsync(new RecordQuery { PageSize = 2 })).Select(record => record.Key));
    }

    [Fact]
    public async Task What_a_run_was_told_is_stored_is_what_the_store_holds_of_it()
    {
        IngestReport run = Some.Report("run-2");
        Assert.Equal(UnderTest.TellsTotalsOfRuns ? new RunTotals(ControlTotals.Zero, ControlTotals.Zero) : null, await Sink.TotalsOfRunAsync(run, Cancellation));
        await WriteAsync(Some.Record("of another run", runId: "run-1"), Some.Record("of another source", source: "july.csv", runId: "run-1"));
        BillingRecord[] records =
        [
            .. Enumerable.Range(0, 60).Select(i => Some.Record($"{i}", amount: i / 100m, currency: i % 3 == 0 ? "JPY" : "USD", reportingAmount: i, line: i, runId: "run-2")),
            Some.Record("large", amount: decimal.MaxValue, reportingAmount: decimal.MinValue, runId: "run-2"),
            Some.Record("large again", amount: decimal.MaxValue, reportingAmount: 0.0000000000000000000000000001m, runId: "run-2"),
            Some.Record("of another run", runId: "run-2"),
        ];
        long stored = 0;
        ExactSum usd = ExactSum.Zero;
        ExactSum jpy = ExactSum.Zero;
        ExactSum reporting = ExactSum.Zero;
        for (int i = 0; i < 2; i++)
        {
            IReadOnlyList<WriteOutcome> outcomes = await WriteAsync(records);
            foreach (BillingRecord record in records.Where((_, at) => outcomes[at].Kind == WriteOutcomeKind.Stored))
            {
                stored++;
                usd += record.Amount.Currency.Code == "USD" ? ExactSum.From(record.Amount.Amount) : ExactSum.Zero;
                jpy += record.Amount.Currency.Code == "JPY" ? ExactSum.From(record.Amount.Amount) : ExactSum.Zero;
                reporting += ExactSum.From(record.ReportingAmount.Amount);
            }
        }

        Assert.Equal(62, stored);
        RunTotals told = new(
            new ControlTotals(stored, new Dictionary<string, ExactSum> { ["USD"] = usd, ["JPY"] = jpy }),
            new ControlTotals(stored, new Dictionary<string, ExactSum> { ["USD"] = reporting }));
        Assert.Equal(UnderTest.TellsTotalsOfRuns ? told : null, await Sink.TotalsOfRunAsync(run, Cancellation));
    }

    [Fact]
    public async Task Records_of_many_keys_come_in_the_order_of_the_keys()
    {
        BillingRecord[] records = [.. Enumerable.Range(0, 250).Select(i => Some.Record($"{i}", line: i))];
        await WriteAsync(records);
        RecordKey[] keys = [.. records.Reverse().Select(record => record.Key), Some.Key("absent"), records[7].Key];
        IReadOnlyList<BillingRecord?> found = await Store.FindAllAsync(keys, Cancellation);
        Assert.Equal(keys.Length, found.Count);
        for (int i = 0; i < 250; i++)
        {
            Same.Record(records[249 - i], found[i]);
        }

        Assert.Null(found[250]);
        Same.Record(records[7], found[251]);
        Assert.Empty(await Store.FindAllAsync([], Cancellation));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(25)]
    [InlineData(26)]
    [InlineData(100)]
    [InlineData(10_000)]
    public async Task Batches_of_any_size_give_their_outcomes_in_order(int size)
    {
        BillingRecord[] records = [.. Enumerable.Range(0, size).Select(i => Some.Record($"{i}", line: i))];
        await WriteAsync([.. records.Where((_, i) => i % 3 == 0)]);

        IReadOnlyList<WriteOutcome> outcomes = await WriteAsync(records);

        Assert.Equal(Enumerable.Range(0, size).Select(i => i % 3 == 0 ? WriteOutcomeKind.Duplicate : WriteOutcomeKind.Stored), outcomes.Select(outcome => outcome.Kind));
        Assert.Equal(size, (await ReadAllAsync(new RecordQuery { PageSize = 10_000 })).Count);
    }

    [Fact]
    public async Task A_batch_that_is_cancelled_stores_nothing_and_the_next_one_works()
    {
        using CancellationTokenSource cancelled = new();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Sink.WriteAsync([Some.Record()], cancelled.Token));
        Assert.Empty(await ReadAllAsync(new RecordQuery()));
        Assert.Equal([WriteOutcome.Stored], await WriteAsync(Some.Record()));
    }

    [Fact]
    public async Task A_batch_that_is_cancelled_midway_is_undone_or_completed_by_writing_it_again()
    {
        await WriteAsync(Some.Record("before", source: "before.csv"));
        using CancellationTokenSource source = new();
        CancellingList records = new([.. Enumerable.Range(0, 1_000).Select(i => Some.Record($"{i}"))], cancelAt: 500, source);
        try
        {
            IReadOnlyList<WriteOutcome> outcomes = await Sink.WriteAsync(records, source.Token);

            // A store that checks the token only before it starts has stored the batch whole.
            Assert.Equal(1_000, outcomes.Count(outcome => outcome.Kind == WriteOutcomeKind.Stored));
            Assert.Equal(1_001, (await ReadAllAsync(new RecordQuery())).Count);
        }
        catch (OperationCanceledException)
        {
            int stored = (await ReadAllAsync(new RecordQuery { PageSize = 1_000 })).Count - 1;
            IReadOnlyList<WriteOutcome> again = await Sink.WriteAsync(records, Cancellation);
            if (UnderTest.StoresBatchesWhole)
            {
                Assert.Equal(0, stored);
                Assert.Equal(1_000, again.Count(outcome => outcome.Kind == WriteOutcomeKind.Stored));
            }

            Assert.All(again, outcome => Assert.Contains(outcome.Kind, (WriteOutcomeKind[])[WriteOutcomeKind.Stored, WriteOutcomeKind.Duplicate]));
            Assert.Equal(1_001, (await ReadAllAsync(new RecordQuery { PageSize = 1_000 })).Count);
            Assert.All(await ReadAllAsync(new RecordQuery { SourceName = "june.csv" }), record => Assert.Equal("run-1", record.RunId));
        }
    }

    [Fact]
    public async Task Many_writers_of_the_same_records_store_each_once()
    {
        int records = await Writing.AtOnceAsync(UnderTest.Connect, writers: 8, batches: 20);
        List<BillingRecord> stored = await ReadAllAsync(new RecordQuery { PageSize = 1_000 });
        Assert.Equal(records, stored.Select(record => record.Key).Distinct().Count());
        Assert.Equal(records, stored.Count);
    }

    [Fact]
    public async Task Records_can_be_read_while_others_are_written()
    {
        using CancellationTokenSource done = new();
        Task reading = Task.Run(
            async () =>
            {
                int last = 0;
                while (!done.IsCancellationRequested)
                {
                    int now = (await Store.QueryAsync(new RecordQuery { PageSize = 10_000 }, Cancellation)).Items.Count;
                    Assert.True(now >= last && (now % 50 == 0 || !UnderTest.StoresBatchesWhole), $"{now} records after {last}: a part of a batch was visible.");
                    last = now;
                }
            },
            Cancellation);
        for (int batch = 0; batch < 20; batch++)
        {
            await Sink.WriteAsync([.. Enumerable.Range(batch * 50, 50).Select(i => Some.Record($"{i}"))], Cancellation);
        }

        await done.CancelAsync();
        await reading;
    }
}
