using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace Billing.Sinks.Conformance;

/// <summary>Tests of every filter, alone and combined, against the same query on a list.</summary>
public abstract class QuerySuite<TStore> : StoreSuite<TStore>
    where TStore : IStoreUnderTest, new()
{
    private static readonly string?[] s_parties = [null, "", "Acme", "acme", "ÄCME GmbH", "100%", "a_b", "Ünïcode", "\0acme", "😀"];
    private static readonly string?[] s_categories = [null, "", "Food", "Travel", "Ｆood", "\U0001F600"];
    private static readonly string[] s_currencies = ["USD", "EUR", "JPY"];
    private static readonly string[] s_flags = ["weekend", "large", ",", "\"", "week", "😀\0"];
    private static readonly string?[] s_scopes = [null, "", "A", "B"];

    [Fact]
    public async Task Half_of_a_surrogate_pair_finds_nothing()
    {
        const string Half = "\uD800";
        await WriteAsync([Some.Record()]);
        RecordQuery[] queries =
        [
            new() { Party = Half },
            new() { Text = Half },
            new() { Flag = Half },
            new() { Scope = Half },
            new() { SourceName = Half, Line = 2 },
            new() { RunId = Half, Line = 2 },
            new() { SourceName = "june.csv", RunId = Half, Line = 2 },
        ];
        foreach (RecordQuery query in queries)
        {
            Assert.Empty((await Store.QueryAsync(query, Cancellation)).Items);
            Assert.Empty(await Store.SummarizeAsync(SummaryBy.Month, query, Cancellation));
        }
    }

    [Fact]
    public async Task Filters_by_themselves_and_together_find_what_a_list_finds()
    {
        List<BillingRecord> all = await WriteMixedAsync(400);
        Check.QuickThrowOnFailure(Prop.ForAll(Queries.ToArbitrary(), query => Finds(all, query)));
    }

    [Fact]
    public async Task Summaries_add_up_what_a_list_adds_up()
    {
        List<BillingRecord> all = await WriteMixedAsync(400);
        Check.QuickThrowOnFailure(Prop.ForAll(Queries.ToArbitrary(), Gen.Elements(Enum.GetValues<SummaryBy>()).ToArbitrary(), (query, by) => Summarizes(all, by, query)));
        foreach (SummaryBy by in Enum.GetValues<SummaryBy>())
        {
            Assert.True(Summarizes(all, by, new RecordQuery()));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100)]
    [InlineData(250)]
    [InlineData(10_000)]
    public async Task Pages_of_any_size_give_every_record_once_by_date_then_key(int size)
    {
        List<BillingRecord> all = await WriteMixedAsync(250);
        List<BillingRecord> read = await ReadAllAsync(new RecordQuery { PageSize = size });
        Assert.Equal(Ordered(all).Select(record => record.Key), read.Select(record => record.Key));
    }

    [Fact]
    public async Task Pages_of_one_day_follow_the_keys()
    {
        BillingRecord[] all = [.. Enumerable.Range(0, 60).Select(i => Some.Record($"{i}"))];
        await WriteAsync(all);
        List<BillingRecord> read = await ReadAllAsync(new RecordQuery { PageSize = 7, From = all[0].Date, To = all[0].Date });
        Assert.Equal(Ordered(all).Select(record => record.Key), read.Select(record => record.Key));
    }

    [Fact]
    public async Task A_record_that_comes_before_the_next_page_does_not_move_it()
    {
        await WriteAsync([.. Enumerable.Range(1, 9).Select(i => Some.Record($"{i}", date: new DateOnly(2025, 6, i)))]);
        RecordQuery query = new() { PageSize = 4 };
        Page<BillingRecord> first = await Store.QueryAsync(query, Cancellation);
        await WriteAsync(Some.Record("early", date: new DateOnly(2025, 5, 1)));
        Page<BillingRecord> second = await Store.QueryAsync(query with { ContinuationToken = first.ContinuationToken }, Cancellation);
        Assert.Equal([5, 6, 7, 8], second.Items.Select(record => record.Date.Day));
    }

    [Fact]
    public async Task The_last_page_has_no_token_even_when_it_is_full()
    {
        await WriteAsync(Some.Record("1"), Some.Record("2"));
        Assert.Null((await Store.QueryAsync(new RecordQuery { PageSize = 2 }, Cancellation)).ContinuationToken);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("not a token!")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task A_token_that_is_none_is_refused(string token)
    {
        await WriteAsync(Some.Record());
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await Store.QueryAsync(new RecordQuery { ContinuationToken = token }, Cancellation));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await Store.GetQuarantineAsync(new QuarantineQuery { ContinuationToken = token }, Cancellation));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await Store.GetRunsAsync(new PageRequest { ContinuationToken = token }, Cancellation));
    }

    [Fact]
    public async Task The_token_of_another_query_is_refused()
    {
        await WriteAsync(Some.Record("1"), Some.Record("2"));
        string token = (await Store.QueryAsync(new RecordQuery { PageSize = 1 }, Cancellation)).ContinuationToken!;
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await Store.QueryAsync(new RecordQuery { ContinuationToken = token, Party = "Acme" }, Cancellation));
        Assert.Single((await Store.QueryAsync(new RecordQuery { ContinuationToken = token, PageSize = 50 }, Cancellation)).Items);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(10_001)]
    public async Task A_page_size_out_of_range_is_refused(int size)
    {
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await Store.QueryAsync(new RecordQuery { PageSize = size }, Cancellation));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await Store.GetQuarantineAsync(new QuarantineQuery { PageSize = size }, Cancellation));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await Store.GetRunsAsync(new PageRequest { PageSize = size }, Cancellation));
    }

    [Fact]
    public async Task Sums_are_exact_where_floating_point_and_decimal_are_not()
    {
        await WriteAsync(
            Some.Record("1", amount: decimal.MaxValue),
            Some.Record("2", amount: decimal.MaxValue),
            Some.Record("3", amount: 0.0000000000000000000000000001m),
            Some.Record("4", amount: -0.3m),
            Some.Record("5", amount: 0.1m),
            Some.Record("6", amount: 0.2m));
        SummaryRow row = Assert.Single(await Store.SummarizeAsync(SummaryBy.Currency, new RecordQuery(), Cancellation));
        Assert.Equal("158456325028528675187087900670.0000000000000000000000000001", row.Billed["USD"].ToString());
        Assert.Equal(6, row.Billed.Rows);
    }

    [Fact]
    public async Task A_summary_keeps_currencies_apart()
    {
        await WriteAsync(
            Some.Record("1", amount: 10m, currency: "USD", category: "Food"),
            Some.Record("2", amount: 20m, currency: "EUR", reportingAmount: 22m, rate: new ExchangeRate(Currency.Eur, Currency.Usd, 1.1m, null, "fixed"), category: "Food"),
            Some.Record("3", amount: 5m, currency: "EUR", reportingAmount: 5.5m, rate: new ExchangeRate(Currency.Eur, Currency.Usd, 1.1m, null, "fixed")));
        IReadOnlyList<SummaryRow> rows = await Store.SummarizeAsync(SummaryBy.Category, new RecordQuery(), Cancellation);
        Assert.Equal(["", "Food"], rows.Select(row => row.Group));
        Assert.Equal(new ControlTotals(2, new Dictionary<string, ExactSum> { ["USD"] = ExactSum.From(10m), ["EUR"] = ExactSum.From(20m) }), rows[1].Billed);
        Assert.Equal(new ControlTotals(2, new Dictionary<string, ExactSum> { ["USD"] = ExactSum.From(32m) }), rows[1].Reporting);
    }

    [Theory]
    [InlineData("2025-06-17T23:59:59.9999999+00:00", "2025-06-17T23:59Z")]
    [InlineData("2025-01-01T00:00:00.0000000+05:45", "2024-12-31T18:15Z")]
    [InlineData("2024-02-29T20:30:00.0000001-03:30", "2024-03-01T00:00Z")]
    [InlineData("2025-06-17T10:00:00.0000000+14:00", "2025-06-16T20:00Z")]
    [InlineData("0001-01-01T00:00:00.0000000+00:00", "0001-01-01T00:00Z")]
    [InlineData("9999-12-31T23:59:59.9999999+00:00", "9999-12-31T23:59Z")]
    [InlineData("2060-12-31T23:30:00.0000000-12:00", "2061-01-01T11:30Z")]
    public async Task The_minute_of_an_instant_is_that_of_UTC(string instant, string minute)
    {
        DateTimeOffset at = DateTimeOffset.ParseExact(instant, "O", CultureInfo.InvariantCulture);
        await WriteAsync(Some.Record("1", instant: at, date: DateOnly.FromDateTime(at.Date)), Some.Record("2", instant: null));
        IReadOnlyList<SummaryRow> rows = await Store.SummarizeAsync(SummaryBy.Minute, new RecordQuery(), Cancellation);
        Assert.Equal(["", minute], rows.Select(row => row.Group));
        Assert.All(rows, row => Assert.Equal(1, row.Billed.Rows));
    }

    [Fact]
    public async Task Groups_are_ordered_by_code_point()
    {
        // U+1F600 is written with surrogates, which sort before U+FF26 as UTF-16 but not as text.
        await WriteAsync(Some.Record("1", category: "\U0001F600"), Some.Record("2", category: "\uFF26ood"), Some.Record("3", category: "Food"), Some.Record("4", category: "food"));
        IReadOnlyList<SummaryRow> rows = await Store.SummarizeAsync(SummaryBy.Category, new RecordQuery(), Cancellation);
        Assert.Equal(["Food", "food", "\uFF26ood", "\U0001F600"], rows.Select(row => row.Group));
    }

    [Fact]
    public async Task The_ledger_of_nothing_is_empty()
    {
        Assert.Empty((await Store.QueryAsync(new RecordQuery(), Cancellation)).Items);
        Assert.Empty(await Store.SummarizeAsync(SummaryBy.Month, new RecordQuery(), Cancellation));
        Assert.Empty((await Store.GetRunsAsync(new PageRequest(), Cancellation)).Items);
        Assert.Empty((await Store.GetQuarantineAsync(new QuarantineQuery(), Cancellation)).Items);
    }

    [Theory]
    [InlineData("ACME", true)]
    [InlineData("acme g", true)]
    [InlineData("ä", false)]
    [InlineData("Ä", true)]
    [InlineData("%", false)]
    [InlineData("_", false)]
    [InlineData("Acme\0X", true)]
    [InlineData("Acme\0G", false)]
    [InlineData("me\0x", true)]
    [InlineData("@", false)]
    [InlineData("`", false)]
    public async Task Text_is_found_in_any_case_of_ASCII_and_without_wildcards(string text, bool found)
    {
        await WriteAsync(Some.Record(party: "ÄAcme GmbH", description: "acMe\0x"));
        Assert.Equal(found ? 1 : 0, (await Store.QueryAsync(new RecordQuery { Text = text }, Cancellation)).Items.Count);
    }

    [Fact]
    public async Task Text_is_looked_for_in_party_account_description_and_source_id_only()
    {
        await WriteAsync(
            Some.Record("1", party: "needle"),
            Some.Record("2", account: "needle"),
            Some.Record("3", description: "needle"),
            Some.Record("4", sourceId: "needle"),
            Some.Record("5", category: "needle", scope: "needle", flags: ["needle"], attributes: new RecordAttributes(["needle"], ["needle"])));
        Assert.Equal(4, (await Store.QueryAsync(new RecordQuery { Text = "NEEDLE" }, Cancellation)).Items.Count);
    }

    [Fact]
    public async Task A_flag_is_found_as_a_whole()
    {
        await WriteAsync(Some.Record("1", flags: ["a", "b"]), Some.Record("2", flags: ["a\",\"b"]), Some.Record("3", flags: ["ab"]));
        Assert.Equal(Some.Key("1"), Assert.Single((await Store.QueryAsync(new RecordQuery { Flag = "a" }, Cancellation)).Items).Key);
        Assert.Empty((await Store.QueryAsync(new RecordQuery { Flag = "," }, Cancellation)).Items);
        Assert.Equal(Some.Key("2"), Assert.Single((await Store.QueryAsync(new RecordQuery { Flag = "a\",\"b" }, Cancellation)).Items).Key);
    }

    private static Gen<RecordQuery> Queries =>
        from dates in Sometimes(Gen.Choose(0, 60).Select(day => (DateOnly?)new DateOnly(2025, 5, 15).AddDays(day)))
        from until in Sometimes(Gen.Choose(0, 60).Select(day => (DateOnly?)new DateOnly(2025, 5, 15).AddDays(day)))
        from party in Sometimes(Gen.Elements<string?>("Acme", "", "100%", "\0acme", "nobody"))
        from category in Sometimes(Gen.Elements<string?>("", "Food", "\U0001F600", "nothing"))
        from currency in Sometimes(Gen.Elements<string?>("USD", "EUR", "JPY", "GBP"))
        from text in Sometimes(Gen.Elements<string?>("acme", "%", "_B", "ü", "Ü", "item 1", "\0A", "", "😀"))
        from run in Sometimes(Gen.Elements<string?>("run-0", "run-1", "run-9"))
        from source in Sometimes(Gen.Elements<string?>("june.csv", "july.csv", "none.csv"))
        from line in Sometimes(Gen.Choose(0, 12).Select(number => (long?)number))
        from scope in Sometimes(Gen.Elements<string?>("", "A", "C"))
        from flag in Sometimes(Gen.Elements<string?>(s_flags))
        from size in Gen.Elements(1, 7, 100, 1_000)
        select new RecordQuery
        {
            From = dates,
            To = until,
            Party = party,
            Category = category,
            Currency = currency,
            Text = text,
            RunId = run,
            SourceName = source,
            Line = line,
            Scope = scope,
            Flag = flag,
            PageSize = size,
        };

    private static Gen<T?> Sometimes<T>(Gen<T?> value) => Gen.Frequency((7, Gen.Constant(default(T))), (2, value));

    private static IEnumerable<BillingRecord> Ordered(IEnumerable<BillingRecord> records) =>
        records.OrderBy(record => record.Date).ThenBy(record => record.Key.ToString(), StringComparer.Ordinal);

    private static bool Matches(BillingRecord record, RecordQuery query)
    {
        string text = Lower(query.Text ?? "");
        string?[] searched = [record.Party, record.Account, record.Description, record.SourceId];
        bool[] conditions =
        [
            query.From is null || record.Date >= query.From,
            query.To is null || record.Date <= query.To,
            query.Party is null || record.Party == query.Party,
            query.Category is null || record.Category == query.Category || (query.Category == "" && record.Category is null),
            query.Currency is null || record.Amount.Currency.Code == query.Currency,
            text.Length == 0 || searched.Any(value => value is not null && Lower(value).Contains(text, StringComparison.Ordinal)),
            query.RunId is null || record.RunId == query.RunId,
            query.SourceName is null || record.Source.Name == query.SourceName,
            query.Line is null || record.Source.Line == query.Line,
            query.Scope is null || record.Scope == query.Scope,
            query.Flag is null || record.Flags.Contains(query.Flag),
        ];
        return conditions.All(condition => condition);
    }

    private static string Lower(string text) => string.Concat(text.Select(c => c is >= 'A' and <= 'Z' ? (char)(c + 32) : c));

    private bool Finds(List<BillingRecord> all, RecordQuery query)
    {
        List<BillingRecord> expected = [.. Ordered(all.Where(record => Matches(record, query)))];
        List<BillingRecord> read = ReadAllAsync(query).GetAwaiter().GetResult();
        return expected.Select(record => record.Key).SequenceEqual(read.Select(record => record.Key));
    }

    private bool Summarizes(List<BillingRecord> all, SummaryBy by, RecordQuery query)
    {
        IReadOnlyList<SummaryRow> rows = Store.SummarizeAsync(by, query, Cancellation).AsTask().GetAwaiter().GetResult();
        List<IGrouping<string, BillingRecord>> expected = [.. all.Where(record => Matches(record, query)).GroupBy(record => by switch
        {
            SummaryBy.Month => record.Date.ToString("yyyy-MM", CultureInfo.InvariantCulture),
            SummaryBy.Category => record.Category ?? "",
            SummaryBy.Party => record.Party ?? "",
            SummaryBy.Day => record.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            SummaryBy.Minute => record.Instant?.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture) ?? "",
            _ => record.Amount.Currency.Code,
        })];
        Assert.Equal(expected.Select(group => group.Key).Order(StringComparer.Ordinal), rows.Select(row => row.Group).Order(StringComparer.Ordinal));
        foreach (IGrouping<string, BillingRecord> group in expected)
        {
            SummaryRow row = rows.Single(row => row.Group == group.Key);
            Assert.Equal(Totals(group.Select(record => record.Amount)), row.Billed);
            Assert.Equal(Totals(group.Select(record => record.ReportingAmount)), row.Reporting);
        }

        return true;
    }

    private static ControlTotals Totals(IEnumerable<Money> amounts) => amounts.Aggregate(
        ControlTotals.Zero,
        (totals, money) => totals + new ControlTotals(1, new Dictionary<string, ExactSum> { [money.Currency.Code] = ExactSum.From(money.Amount) }));

    private async Task<List<BillingRecord>> WriteMixedAsync(int count)
    {
        Random random = new(20250617);
        T Any<T>(T[] values) => values[random.Next(values.Length)];
        List<BillingRecord> all = [];
        for (int i = 0; i < count; i++)
        {
            string currency = Any(s_currencies);
            decimal amount = new(random.Next(), random.Next(), random.Next(4), random.Next(2) == 0, (byte)random.Next(29));
            all.Add(Some.Record(
                $"{i}",
                amount: amount,
                currency: currency,
                reportingAmount: decimal.Round(amount, 2),
                rate: currency == "USD" ? null : new ExchangeRate(Currency.Parse(currency), Currency.Usd, 1m, null, "fixed"),
                date: new DateOnly(2025, 5, 20).AddDays(random.Next(45)),
                instant: random.Next(4) == 0 ? null : new DateTimeOffset(2025, 5, 20, random.Next(24), random.Next(4), 59, 999, TimeSpan.FromMinutes(random.Next(-5, 6) * 105)),
                party: Any(s_parties),
                account: random.Next(3) == 0 ? "account of ACME" : null,
                description: random.Next(4) == 0 ? null : $"Item {i % 20}",
                sourceId: random.Next(3) == 0 ? $"ID_b{i}" : null,
                category: Any(s_categories),
                scope: Any(s_scopes),
                source: random.Next(3) == 0 ? "july.csv" : "june.csv",
                line: random.Next(12),
                runId: $"run-{random.Next(3)}",
                flags: [.. s_flags.Where(_ => random.Next(5) == 0)]));
        }

        foreach (BillingRecord[] batch in all.Chunk(60))
        {
            await WriteAsync(batch);
        }

        return all;
    }
}
