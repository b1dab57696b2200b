namespace Billing.Sinks.Conformance;

/// <summary>Tests of the quarantine and the runs.</summary>
public abstract class KeepSuite<TStore> : StoreSuite<TStore>
    where TStore : IStoreUnderTest, new()
{
    [Fact]
    public async Task A_quarantined_record_comes_back_whole()
    {
        QuarantinedRecord full = new()
        {
            Key = Some.Key("full"),
            RunId = "run-1",
            Source = new RecordSource("a\0b.csv", 8, 12_345_678_901),
            Scope = "Ärzte",
            Reason = QuarantineReason.BadEncoding,
            Detail = "Column 'x': 'é' is not valid.",
            Raw = new byte[] { 0xFF, 0x00, 0xC3, 0x28, (byte)'"' },
            RawLength = 5_000_000_000,
            Format = SourceFormat.Json,
            Header = "id,\"a,b\"",
            Separator = ';',
            Amount = -79228162514264337593543950335m,
            CurrencyCode = "?",
            Resolution = null,
        };
        QuarantinedRecord bare = new()
        {
            Key = Some.Key("bare"),
            RunId = "run-1",
            Source = new RecordSource("b.csv", 0, 0),
            Reason = QuarantineReason.MissingValue,
            Detail = "",
            Raw = ReadOnlyMemory<byte>.Empty,
            RawLength = 0,
            Format = SourceFormat.Csv,
        };
        await Sink.WriteQuarantineAsync([bare, full], Cancellation);

        List<QuarantinedRecord> read = await ReadQuarantineAsync(new QuarantineQuery());
        Assert.Equal(2, read.Count);
        Same.Quarantined(full, read[0]);
        Same.Quarantined(bare, read[1]);
    }

    [Fact]
    public async Task A_quarantined_record_is_kept_once_and_the_first_stays_with_the_latest_reason()
    {
        await Sink.WriteQuarantineAsync([Some.Quarantined(raw: "first"), Some.Quarantined(raw: "second")], Cancellation);
        await Sink.WriteQuarantineAsync([Some.Quarantined(raw: "third", runId: "run-2", source: "july.csv", line: 99)], Cancellation);
        QuarantinedRecord kept = Assert.Single(await ReadQuarantineAsync(new QuarantineQuery()));
        Same.Quarantined(Some.Quarantined(raw: "first"), kept);

        await Sink.WriteQuarantineAsync([Some.Quarantined(raw: "third", runId: "run-2", reason: QuarantineReason.NoRate, amount: -0.10m, currencyCode: "CAD"), Some.Quarantined("other")], Cancellation);
        kept = (await ReadQuarantineAsync(new QuarantineQuery { Key = kept.Key }))[0];
        Assert.Equal((QuarantineReason.NoRate, -0.10m, "CAD", "first", "run-1"), (kept.Reason, kept.Amount, kept.CurrencyCode, kept.RawText, kept.RunId));
        Assert.Equal(2, kept.Amount!.Value.Scale);

        await Sink.WriteQuarantineAsync([Some.Quarantined(reason: QuarantineReason.BadAmount, amount: null, currencyCode: null)], Cancellation);
        kept = (await ReadQuarantineAsync(new QuarantineQuery { Key = kept.Key }))[0];
        Assert.Equal((QuarantineReason.BadAmount, null, null), (kept.Reason, kept.Amount, kept.CurrencyCode));
        Assert.Equal(2, (await ReadQuarantineAsync(new QuarantineQuery())).Count);
    }

    [Fact]
    public async Task A_quarantined_record_that_a_large_batch_brings_twice_again_is_kept_once()
    {
        QuarantinedRecord[] batch = [Some.Quarantined("twice"), .. Enumerable.Range(0, 1_200).Select(i => Some.Quarantined($"{i}")), Some.Quarantined("twice")];
        await Sink.WriteQuarantineAsync(batch, Cancellation);
        await Sink.WriteQuarantineAsync(batch, Cancellation);
        Assert.Equal(1_201, (await ReadQuarantineAsync(new QuarantineQuery())).Count);
    }

    [Fact]
    public async Task What_is_closed_keeps_the_reason_that_it_had()
    {
        await Sink.WriteQuarantineAsync([Some.Quarantined()], Cancellation);
        await Store.ResolveQuarantineAsync([Some.Quarantined().Key], "run-2", Cancellation);
        await Sink.WriteQuarantineAsync([Some.Quarantined(reason: QuarantineReason.NoRate)], Cancellation);
        Assert.Equal(QuarantineReason.UnknownCurrency, Assert.Single(await ReadQuarantineAsync(new QuarantineQuery { IncludeResolved = true })).Reason);
    }

    [Fact]
    public async Task What_is_dismissed_is_closed_and_says_why()
    {
        string reason = "Not ours: " + new string('é', 115);
        await Sink.WriteQuarantineAsync([Some.Quarantined("1"), Some.Quarantined("2")], Cancellation);
        await Store.ResolveQuarantineAsync([Some.Key("1")], QuarantinedRecord.Dismissed(reason), Cancellation);
        await Store.ResolveQuarantineAsync([Some.Key("1")], "run-3", Cancellation);
        Assert.Equal(Some.Key("2"), Assert.Single(await ReadQuarantineAsync(new QuarantineQuery())).Key);
        QuarantinedRecord dismissed = Assert.Single(await ReadQuarantineAsync(new QuarantineQuery { Key = Some.Key("1"), IncludeResolved = true }));
        Assert.Equal((reason, null, false), (dismissed.Dismissal, dismissed.ResolvedByRunId, dismissed.IsOpen));
    }

    [Fact]
    public async Task A_page_ends_where_its_texts_reach_the_bytes_that_are_asked_for()
    {
        QuarantinedRecord[] rows = [.. Enumerable.Range(0, 12).Select(i => Some.Quarantined($"{i}", raw: new string('x', i == 7 ? 5_000 : 500), line: i))];
        await Sink.WriteQuarantineAsync(rows, Cancellation);
        await WriteAsync([.. Enumerable.Range(0, 12).Select(i => Some.Record($"{i}", line: i, attributes: new RecordAttributes(["note"], [new string('x', i == 7 ? 5_000 : 500)])))]);
        for (int i = 0; i < 12; i++)
        {
            await Sink.WriteRunAsync(Some.Report($"run-{i:D2}") with { Error = new string('x', i == 7 ? 5_000 : 500) }, Cancellation);
        }

        Assert.Equal(rows.Select(row => row.Key), (await InPagesAsync(token => Store.GetQuarantineAsync(new QuarantineQuery { MostBytes = 3_000, ContinuationToken = token }, Cancellation))).Select(row => row.Key));
        Assert.Equal(rows.Select(row => row.Key).Order(), (await InPagesAsync(token => Store.QueryAsync(new RecordQuery { MostBytes = 3_000, ContinuationToken = token }, Cancellation))).Select(record => record.Key));
        Assert.Equal(Enumerable.Range(0, 12).Reverse().Select(i => $"run-{i:D2}"), (await InPagesAsync(token => Store.GetRunsAsync(new PageRequest { MostBytes = 3_000, ContinuationToken = token }, Cancellation))).Select(run => run.RunId));
    }

    [Fact]
    public async Task What_is_resolved_is_listed_only_when_asked_for_and_stays_resolved()
    {
        await Sink.WriteQuarantineAsync([Some.Quarantined("1"), Some.Quarantined("2")], Cancellation);
        await Store.ResolveQuarantineAsync([Some.Key("1"), Some.Key("not there")], "run-2", Cancellation);
        await Store.ResolveQuarantineAsync([Some.Key("1")], "run-3", Cancellation);
        await Sink.WriteQuarantineAsync([Some.Quarantined("1", runId: "run-4")], Cancellation);

        Assert.Equal(Some.Key("2"), Assert.Single(await ReadQuarantineAsync(new QuarantineQuery())).Key);
        List<QuarantinedRecord> all = await ReadQuarantineAsync(new QuarantineQuery { IncludeResolved = true });
        Assert.Equal(2, all.Count);
        Assert.Equal("run-2", all.Single(record => record.Key == Some.Key("1")).ResolvedByRunId);
        Assert.Null(all.Single(record => record.Key == Some.Key("2")).ResolvedByRunId);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100)]
    public async Task The_quarantine_is_listed_by_source_then_byte_offset_then_key(int size)
    {
        string[] sources = ["b.csv", "a.csv", "\uFF26.csv", "\U0001F600.csv"];
        QuarantinedRecord[] all = [.. Enumerable.Range(0, 60).Select(i => Some.Quarantined($"{i}", source: sources[i % 4], line: i * 7 % 5))];
        await Sink.WriteQuarantineAsync(all, Cancellation);
        string[] order = ["a.csv", "b.csv", "\uFF26.csv", "\U0001F600.csv"];
        Assert.Equal(
            all.OrderBy(record => Array.IndexOf(order, record.Source.Name)).ThenBy(record => record.Source.ByteOffset).ThenBy(record => record.Key).Select(record => record.Key),
            (await ReadQuarantineAsync(new QuarantineQuery { PageSize = size })).Select(record => record.Key));
    }

    [Fact]
    public async Task The_quarantine_is_filtered_by_everything_that_is_set()
    {
        QuarantinedRecord[] all = [.. Enumerable.Range(0, 48).Select(i => Some.Quarantined(
            $"{i}",
            reason: i % 2 == 0 ? QuarantineReason.BadDate : QuarantineReason.NoRate,
            source: i % 3 == 0 ? "june.csv" : "july.csv",
            line: i % 4,
            runId: $"run-{i % 5}"))];
        await Sink.WriteQuarantineAsync(all, Cancellation);
        QuarantineQuery[] queries =
        [
            new() { Reason = QuarantineReason.BadDate },
            new() { SourceName = "june.csv" },
            new() { Line = 3 },
            new() { RunId = "run-2" },
            new() { Key = all[17].Key },
            new() { Key = all[17].Key, Line = 99 },
            new() { Reason = QuarantineReason.NoRate, SourceName = "july.csv", Line = 1, RunId = "run-0" },
            new() { Reason = QuarantineReason.BadJson },
        ];
        foreach (QuarantineQuery query in queries)
        {
            Assert.Equal(
                all.Where(record => (query.Reason ?? record.Reason) == record.Reason
                    && (query.SourceName ?? record.Source.Name) == record.Source.Name
                    && (query.Key ?? record.Key) == record.Key
                    && (query.Line ?? record.Source.Line) == record.Source.Line
                    && (query.RunId ?? record.RunId) == record.RunId).Select(record => record.Key).Order(),
                (await ReadQuarantineAsync(query with { PageSize = 5 })).Select(record => record.Key).Order());
        }
    }

    [Fact]
    public async Task A_run_comes_back_whole()
    {
        IngestReport report = new()
        {
            RunId = "20250630T120000",
            Source = "june\0 \"é\".csv",
            Sha256 = new string('a', 64),
            Bytes = 5_000_000_000,
            Scope = "A",
            StartedAt = new DateTimeOffset(2025, 6, 30, 12, 0, 0, TimeSpan.FromMinutes(345)).AddTicks(1),
            Elapsed = new TimeSpan(1, 2, 3, 4).Add(TimeSpan.FromTicks(5)),
            Status = RunStatus.Failed,
            Error = "The disk is full.",
            EndedEarly = true,
            KnownFrom = "run-0",
            Read = Totals(7, ("USD", "158456325028528675187087900670.01"), ("ABC", "-0.1"), ("", "5")),
            Stored = Totals(1, ("USD", "12.50")),
            Duplicate = Totals(2, ("JPY", "3")),
            Conflict = Totals(1, ("USD", "0.0000000000000000000000000001")),
            Quarantined = Totals(3),
            StoredInReportingCurrency = Totals(1, ("EUR", "11.2")),
            ReportingCurrency = "EUR",
            Reasons = new Dictionary<string, long> { [QuarantineReason.NoRate] = 2, [QuarantineReason.BadAmount] = 1 },
            DuplicatesFromOtherSources = [new DuplicateOrigin("may.csv", 2), new DuplicateOrigin("(others)", 1)],
            Warnings = ["The header was repaired.", ""],
            Proof = new IngestProof
            {
                Outcome = ProofOutcome.Contradicted,
                Figures =
                [
                    new StatedFigure { Kind = StatedFigureKind.Rows, Stated = ExactSum.From(8), Found = ExactSum.From(7), By = "june \"é\".expect.json" },
                    new StatedFigure { Kind = StatedFigureKind.Balance, Currency = "EUR", Stated = ExactSum.Parse("-158456325028528675187087900670.01"), By = "column 'Saldo'", Line = 5_000_000_000 },
                ],
                Problems = ["USD: nothing is stated, found 1"],
                Openings = new Dictionary<string, ExactSum> { ["EUR"] = ExactSum.Parse("0.0000000000000000000000000001") },
                Closings = new Dictionary<string, ExactSum> { [""] = ExactSum.Zero },
                FirstDate = new DateOnly(1, 1, 1),
                LastDate = new DateOnly(2025, 6, 30),
            },
            Settings = new RunSettings { Layout = "{ \"dateFormats\": [\"dd.MM.yyyy\"] }", Rates = "base,quote,rate\nCAD,USD,0.75\n", Rules = "[\"{}\"]", Rounding = MidpointRounding.AwayFromZero, RatesInCode = null, RulesInCode = "é, \"b\"" },
        };
        await Sink.WriteRunAsync(report, Cancellation);
        Same.Report(report, Assert.Single((await Store.GetRunsAsync(new PageRequest(), Cancellation)).Items));
    }

    [Fact]
    public async Task A_run_is_found_by_its_id_and_by_no_other()
    {
        for (int i = 0; i < 30; i++)
        {
            await Sink.WriteRunAsync(Some.Report($"run-{i:D2}") with { Bytes = i }, Cancellation);
        }

        Same.Report(Some.Report("run-17") with { Bytes = 17 }, (await Store.FindRunAsync("run-17", Cancellation))!);
        await Sink.WriteRunAsync(Some.Report("run-17") with { Bytes = 99 }, Cancellation);
        Assert.Equal(99, (await Store.FindRunAsync("run-17", Cancellation))!.Bytes);
        Assert.Null(await Store.FindRunAsync("RUN-17", Cancellation));
        Assert.Null(await Store.FindRunAsync("run-1", Cancellation));
        Assert.Null(await Store.FindRunAsync("run-17 ", Cancellation));
        Assert.Null(await Store.FindRunAsync("none", Cancellation));
    }

    [Fact]
    public async Task A_run_takes_the_place_of_what_was_kept_of_it()
    {
        IngestReport begun = Some.Report();
        await Sink.WriteRunAsync(begun, Cancellation);
        Same.Report(begun, Assert.Single((await Store.GetRunsAsync(new PageRequest(), Cancellation)).Items));
        IngestReport ended = begun with { Status = RunStatus.Completed, Read = Totals(3, ("USD", "1")), Stored = Totals(3, ("USD", "1")), Bytes = 99 };
        await Sink.WriteRunAsync(ended, Cancellation);
        Same.Report(ended, Assert.Single((await Store.GetRunsAsync(new PageRequest(), Cancellation)).Items));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(100)]
    public async Task Runs_are_listed_newest_first(int size)
    {
        foreach (int i in (int[])[3, 0, 7, 5, 1, 8, 2, 6, 4])
        {
            await Sink.WriteRunAsync(Some.Report($"2025063{i}"), Cancellation);
        }

        List<string> read = [];
        PageRequest request = new() { PageSize = size };
        Page<IngestReport> page;
        do
        {
            page = await Store.GetRunsAsync(request, Cancellation);
            read.AddRange(page.Items.Select(run => run.RunId));
            request = request with { ContinuationToken = page.ContinuationToken };
        }
        while (page.ContinuationToken is not null);

        Assert.Equal(Enumerable.Range(0, 9).Reverse().Select(i => $"2025063{i}"), read);
    }

    [Fact]
    public async Task Every_call_hears_a_token_that_is_cancelled_already()
    {
        CancellationToken cancelled = new(canceled: true);
        Func<Task>[] calls =
        [
            async () => await Sink.WriteAsync([Some.Record()], cancelled),
            async () => await Sink.WriteQuarantineAsync([Some.Quarantined()], cancelled),
            async () => await Sink.WriteRunAsync(Some.Report(), cancelled),
            async () => await Store.ResolveQuarantineAsync([Some.Key("1")], "run-1", cancelled),
            async () => await Store.FindAsync(Some.Key("1"), cancelled),
            async () => await Store.FindAllAsync([Some.Key("1")], cancelled),
            async () => await Sink.TotalsOfRunAsync(Some.Report(), cancelled),
            async () => await Store.QueryAsync(new RecordQuery(), cancelled),
            async () => await Store.SummarizeAsync(SummaryBy.Month, new RecordQuery(), cancelled),
            async () => await Store.FindRunAsync("run-1", cancelled),
            async () => await Store.GetRunsAsync(new PageRequest(), cancelled),
            async () => await Store.GetQuarantineAsync(new QuarantineQuery(), cancelled),
        ];
        foreach (Func<Task> call in calls)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(call);
        }

        Assert.Empty(await ReadQuarantineAsync(new QuarantineQuery()));
        Assert.Empty((await Store.GetRunsAsync(new PageRequest(), Cancellation)).Items);
    }

    private static async Task<List<T>> InPagesAsync<T>(Func<string?, ValueTask<Page<T>>> getPage)
    {
        List<T> items = [];
        List<int> sizes = [];
        string? token = null;
        do
        {
            Page<T> page = await getPage(token);
            items.AddRange(page.Items);
            sizes.Add(page.Items.Count);
            token = page.ContinuationToken;
        }
        while (token is not null);

        Assert.True(sizes.Count >= 3 && sizes.TrueForAll(size => size is > 0 and <= 6), $"The pages have {string.Join(", ", sizes)} items.");
        return items;
    }

    private static ControlTotals Totals(long rows, params (string Currency, string Sum)[] money) =>
        new(rows, money.ToDictionary(pair => pair.Currency, pair => ExactSum.Parse(pair.Sum)));
}
