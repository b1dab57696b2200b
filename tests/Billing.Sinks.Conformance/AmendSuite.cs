namespace Billing.Sinks.Conformance;

/// <summary>
/// Tests of a store that is amendable: records are changed together with the documents of their changes, once and only once, and a record that is not as it was read stays as it is.
/// With the tests of <see cref="ChangeSuite{TStore}"/> and <see cref="DocumentSuite{TStore}"/>.
/// </summary>
public abstract class AmendSuite<TStore> : ChangeSuite<TStore>
    where TStore : IStoreUnderTest, new()
{
    private const int Many = 1_500;

    [Fact]
    public async Task An_amendment_whose_document_is_stored_was_made_before()
    {
        BillingRecord[] was = [.. Enumerable.Range(0, 6).Select(i => Some.Record($"{i}", line: i))];
        RecordAmendment[] amendments =
        [
            Out(was[0]), Changed(was[1], Some.Record("1", line: 1, category: "c")), Changed(was[2], Some.Record("2", line: 2, runId: "run-9")),
            Out(was[3]), Changed(was[4], Some.Record("4", line: 4, category: "c")), new RecordAmendment(null, Some.Record("6", line: 6), Document("in")),
        ];
        await WriteAsync(was);

        // Half of the list was stored before its process ended.
        await AmendAsync(amendments[..3]);
        BillingRecord again = Some.Record("0", line: 77, source: "again.csv");
        await WriteAsync(again);
        await AmendAsync(amendments);
        BillingRecord[] now = [again, amendments[1].To!, amendments[2].To!, amendments[4].To!, was[5], amendments[5].To!];
        await HoldsAsync(now);

        // The whole list, also when a record has become something else since.
        BillingRecord later = Some.Record("4", line: 4, category: "later", content: "other");
        await AmendAsync(new RecordAmendment(amendments[4].To, later, Document("later")));
        await AmendAsync(amendments);
        await Other().AmendAsync(amendments, Cancellation);
        await HoldsAsync([.. now.Where(record => record.Key != later.Key), later]);
    }

    [Fact]
    public async Task A_document_that_was_added_alone_stands_for_its_amendment_too()
    {
        BillingRecord record = Some.Record("1");
        await WriteAsync(record);
        RecordAmendment amendment = Out(record);
        await Amendable.AddDocumentAsync(amendment.Document, Cancellation);
        await AmendAsync(amendment);
        await HoldsAsync(record);
    }

    [Theory]
    [InlineData("another run")]
    [InlineData("another category")]
    [InlineData("another fingerprint")]
    [InlineData("missing")]
    [InlineData("there already")]
    public async Task A_record_that_is_not_as_it_was_read_stays_as_it_is(string why)
    {
        BillingRecord stored = Some.Record("1", category: "c", source: "july.csv", line: 31, runId: "run-1");
        BillingRecord fits = Some.Record("2", source: "july.csv", line: 32);
        BillingRecord? read = why switch
        {
            "another run" => Some.Record("1", category: "c", source: "july.csv", line: 31, runId: "run-2"),
            "another category" => Some.Record("1", category: "d", source: "july.csv", line: 31),
            "another fingerprint" => Some.Record("1", category: "c", source: "july.csv", line: 31, content: "other"),
            "missing" => Some.Record("3", source: "july.csv", line: 31),
            _ => null,
        };
        await WriteAsync(stored, fits);
        RecordAmendment lost = read is null
            ? new RecordAmendment(null, stored, Document("lost"))
            : new RecordAmendment(read, Some.Record(exactKey: read.Key, source: "august.csv"), Document("lost"));
        RecordAmendment good = Out(fits);

        BillingException error = await Assert.ThrowsAsync<BillingException>(async () => await Amendable.AmendAsync([good, lost], Cancellation));
        Assert.Contains("july.csv, line 31", error.Message, StringComparison.Ordinal);
        Assert.Null(await TextOfAsync("lost"));
        Same.Record(stored, await Store.FindAsync(stored.Key, Cancellation));
        Assert.Equal(lost.Key == stored.Key, await Store.FindAsync(lost.Key, Cancellation) is not null);

        // Of the others in the list each is made, or not at all.
        bool made = await TextOfAsync(good.Document.Id) is not null;
        Assert.Equal(made, await Store.FindAsync(fits.Key, Cancellation) is null);
        Assert.False(made && UnderTest.StoresBatchesWhole, "A list that fails was stored in part.");
        await AmendAsync(good);
        await HoldsAsync(stored);
    }

    [Fact]
    public async Task An_amendment_is_of_one_record()
    {
        BillingRecord record = Some.Record("1");
        await WriteAsync(record);
        foreach (RecordAmendment none in (RecordAmendment[])[new(record, Some.Record("2"), Document("d")), new(null, null, Document("d"))])
        {
            await Assert.ThrowsAsync<ArgumentException>(async () => await Amendable.AmendAsync([none], Cancellation));
        }

        await AmendAsync();
        await HoldsAsync(record);
        Assert.Null(await TextOfAsync("d"));
    }

    [Fact]
    public async Task Of_two_amendments_of_one_record_at_once_one_is_made()
    {
        for (int round = 0; round < 10; round++)
        {
            BillingRecord record = Some.Record($"{round}", line: round);
            await WriteAsync(record);
            IAmendableStore[] stores = [.. Enumerable.Range(0, 4).Select(_ => Other())];
            bool[] made = await Task.WhenAll(stores.Select((store, writer) => Task.Run(
                async () =>
                {
                    try
                    {
                        await store.AmendAsync([new RecordAmendment(record, Some.Record($"{round}", line: round, category: $"{writer}"), Document($"{round}/{writer}"))], Cancellation);
                        return true;
                    }
                    catch (BillingException)
                    {
                        return false;
                    }
                },
                Cancellation)));
            Assert.Equal(1, made.Count(one => one));
            string winner = $"{Array.IndexOf(made, true)}";
            Assert.Equal(winner, (await Store.FindAsync(record.Key, Cancellation))?.Category);
            Assert.Equal([$"{round}/{winner}"], await IdsAsync(new DocumentQuery { Kind = "note", IdPrefix = $"{round}/" }));
        }
    }

    [Fact]
    public async Task The_same_amendments_at_once_are_made_once_and_nobody_fails()
    {
        for (int round = 0; round < 5; round++)
        {
            BillingRecord[] records = [.. Enumerable.Range(0, 8).Select(i => Some.Record($"{round}-{i}", line: i, source: $"{round}.csv"))];
            await WriteAsync(records[2..]);
            RecordAmendment[] amendments =
            [
                .. records.Take(2).Select(record => new RecordAmendment(null, record, Document("in/" + record.Key))),
                .. records.Skip(2).Select((record, i) => i % 2 == 0 ? Out(record) : Changed(record, Some.Record($"{round}-{i + 2}", line: i + 2, source: $"{round}.csv", category: "c"))),
            ];
            IAmendableStore[] stores = [.. Enumerable.Range(0, 4).Select(_ => Other())];
            await Task.WhenAll(stores.Select(store => Task.Run(async () => await store.AmendAsync(amendments, Cancellation), Cancellation)));
            List<BillingRecord> held = await ReadAllAsync(new RecordQuery { SourceName = $"{round}.csv" });
            BillingRecord[] expected = [.. amendments.Where(amendment => amendment.To is not null).Select(amendment => amendment.To!).OrderBy(record => record.Key)];
            Assert.Equal(expected.Select(record => (record.Key, record.Category)), held.Select(record => (record.Key, record.Category)));
        }
    }

    [Fact]
    public async Task Many_amendments_are_made_in_one_call()
    {
        BillingRecord[] records = [.. Enumerable.Range(0, Many).Select(i => Some.Record($"{i}", line: i))];
        await WriteAsync(records);
        RecordAmendment[] amendments = [.. records.Select((record, i) => i % 3 == 0 ? Out(record) : Changed(record, Some.Record($"{i}", line: i, category: "c", runId: "run-2")))];
        for (int i = 0; i < 2; i++)
        {
            await AmendAsync(amendments);
            await HoldsAsync([.. amendments.Where(amendment => amendment.To is not null).Select(amendment => amendment.To!)]);
            Assert.Equal(Many, (await IdsAsync(new DocumentQuery { Kind = "note", PageSize = 500 })).Count);
        }
    }

    [Fact]
    public async Task Stopped_anywhere_each_is_made_whole_or_not_at_all()
    {
        BillingRecord[] records = [.. Enumerable.Range(0, 6).Select(i => Some.Record($"{i}", line: i))];
        RecordAmendment[] amendments = [.. records.Select((record, i) => i % 2 == 0 ? Out(record) : Changed(record, Some.Record($"{i}", line: i, category: "c", runId: "run-2")))];
        await WriteAsync(records);
        int stops = 0;
        while (true)
        {
            try
            {
                await Amendable.AmendAsync(new StoppingList(amendments, stops), Cancellation);
                break;
            }
            catch (KilledException)
            {
                stops++;
                for (int i = 0; i < records.Length; i++)
                {
                    bool made = await TextOfAsync(amendments[i].Document.Id) is not null;
                    Assert.False(made && UnderTest.StoresBatchesWhole, "A list that failed was stored in part.");
                    BillingRecord? expected = made ? amendments[i].To : records[i];
                    BillingRecord? stored = await Store.FindAsync(records[i].Key, Cancellation);
                    Assert.Equal((expected is null, expected?.Category), (stored is null, stored?.Category));
                }
            }
        }

        Assert.True(stops >= records.Length, $"The list was only read {stops} times.");
        await HoldsAsync([.. amendments.Where(amendment => amendment.To is not null).Select(amendment => amendment.To!)]);
    }

    [Fact]
    public async Task Writes_and_amendments_of_two_connections_in_turn_leave_each_record_once_and_in_order()
    {
        Random random = new(20250619);
        Dictionary<RecordKey, BillingRecord> model = [];
        IAmendableStore[] stores = [Other(), Other()];
        for (int step = 0; step < 120; step++)
        {
            IAmendableStore store = stores[random.Next(2)];
            string[] names = [.. Enumerable.Range(0, 24).OrderBy(_ => random.Next()).Take(random.Next(1, 8)).Select(name => $"{name}")];
            BillingRecord[] records = [.. names.Select(name => Some.Record(name, date: new DateOnly(2025, 6, 1).AddDays(random.Next(3)), runId: $"run-{step % 4}", line: step, category: $"{step}", source: $"{step % 3}.csv"))];
            if (random.Next(2) == 0)
            {
                IReadOnlyList<WriteOutcome> outcomes = await store.WriteAsync(records, Cancellation);
                Assert.Equal(records.Select(record => model.TryAdd(record.Key, record) ? WriteOutcome.Stored : WriteOutcome.Duplicate(model[record.Key].Source.Name)), outcomes);
            }
            else
            {
                RecordAmendment[] amendments = [.. records.Select((record, i) => new RecordAmendment(model.GetValueOrDefault(record.Key), model.ContainsKey(record.Key) && random.Next(2) == 0 ? null : record, Document($"{step}/{i}")))];
                await store.AmendAsync(amendments, Cancellation);
                foreach (RecordAmendment amendment in amendments)
                {
                    model.Remove(amendment.Key);
                    if (amendment.To is not null)
                    {
                        model.Add(amendment.Key, amendment.To);
                    }
                }
            }

            if (step % 10 == 9)
            {
                await HoldsAsync([.. model.Values]);
            }
        }
    }

    [Fact]
    public async Task Once_a_record_was_changed_or_taken_out_no_source_is_known()
    {
        if (Store is not IKnownSources known)
        {
            return;
        }

        BillingRecord record = Some.Record("1");
        BillingRecord changed = Some.Record("1", category: "c");
        await WriteAsync(record);
        string terms = new('a', 64);
        foreach (RecordAmendment amendment in (RecordAmendment[])[Changed(record, changed), Out(changed)])
        {
            string mark = await known.GetMarkAsync(Cancellation);
            await known.RememberAsync(terms, "run-1", mark, Cancellation);
            await Sink.WriteRunAsync(Some.Report("run-1") with { Status = RunStatus.Completed }, Cancellation);
            Assert.NotNull(await known.FindKnownRunAsync(terms, Cancellation));
            await AmendAsync(amendment);
            Assert.NotEqual(mark, await known.GetMarkAsync(Cancellation));
            Assert.Null(await known.FindKnownRunAsync(terms, Cancellation));
        }
    }
}
