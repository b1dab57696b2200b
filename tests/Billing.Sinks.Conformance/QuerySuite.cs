using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace Billing.Sinks.Conformance;

/// <summary>Tests of every filter, alone and combined, against the same query on a list.</summary>
public abstract class QuerySuite<TStore> : StoreSuite<TStore>
    where TStore : IStoreUnderTest, new()
{
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
        Check.QuickThrowOnFailure(Prop.ForAll(MixedRecords.Queries.ToArbitrary(), query => Finds(all, query)));
    }

    [Fact]
    public async Task Summaries_add_up_what_a_list_adds_up()
    {
        List<BillingRecord> all = await WriteMixedAsync(400);
        Check.QuickThrowOnFailure(Prop.ForAll(MixedRecords.Queries.ToArbitrary(), Gen.Elements(Enum.GetValues<SummaryBy>()).ToArbitrary(), (query, by) => Summarizes(all, by, query)));
        foreach (SummaryBy by in Enum.GetValues<SummaryBy>())
        {
            Assert.True(Summarizes(all, by, new RecordQuery()));
        }
    }

    [Fact]
    public async Task Lists_in_every_order_are_what_a_list_orders()
    {
        List<BillingRecord> all = await WriteMixedAsync(250);
        Gen<RecordListQuery> lists =
            from filter in MixedRecords.Queries
            from first in Gen.Elements(Enum.GetValues<RecordOrder>())
            from isDescending in Gen.Elements(true, false)
            from size in Gen.Elements(7, 40, 300)
            select new RecordListQuery { Filter = filter, Order = first, IsDescending = isDescending, PageSize = size };
        Check.QuickThrowOnFailure(Prop.ForAll(lists.ToArbitrary(), list => Lists(all, list)));
        foreach (RecordOrder order in Enum.GetValues<RecordOrder>())
        {
            Assert.True(Lists(all, new RecordListQuery { Order = order, PageSize = 7 }));
            Assert.True(Lists(all, new RecordListQuery { Order = order, IsDescending = true, PageSize = 7 }));
        }
    }

    [Fact]
    public async Task Amounts_are_ordered_as_numbers_and_parties_whole()
    {
        string longParty = new('x', 3_000);
        decimal[] amounts = [decimal.MinValue, -10m, -9.5m, -0.0000000000000000000000000001m, 0m, 1.10m, 1.1m, 2m, 10m, 9007199254740992m, 9007199254740993m, decimal.MaxValue];
        List<BillingRecord> all = [.. amounts.Select((amount, i) => Some.Record($"{i}", amount: amount, party: longParty + "ab"[i % 2]))];
        await WriteAsync([.. all]);
        foreach (bool descending in (bool[])[false, true])
        {
            Assert.True(Lists(all, new RecordListQuery { Order = RecordOrder.Amount, IsDescending = descending, PageSize = 1 }));
            List<BillingRecord> byParty = await ReadListAsync(new RecordListQuery { Order = RecordOrder.Party, IsDescending = descending, PageSize = 1 });
            Assert.Equal(all.Select(record => record.Key).Order(), byParty.Select(record => record.Key).Order());
        }
    }

    [Fact]
    public async Task The_token_of_a_list_in_another_order_is_refused()
    {
        await WriteAsync(Some.Record("1"), Some.Record("2"));
        RecordListQuery list = new() { PageSize = 1, Order = RecordOrder.Amount };
        string token = (await Store.ListAsync(list, Cancellation)).ContinuationToken!;
        Assert.Single((await Store.ListAsync(list with { ContinuationToken = token, PageSize = 50 }, Cancellation)).Items);
        RecordListQuery[] others = [list with { IsDescending = true }, list with { Order = RecordOrder.Party }, list with { Filter = new RecordQuery { Party = "Acme" } }];
        foreach (RecordListQuery other in others)
        {
            await Assert.ThrowsAnyAsync<ArgumentException>(async () => await Store.ListAsync(other with { ContinuationToken = token }, Cancellation));
        }

        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await Store.QueryAsync(new RecordQuery { ContinuationToken = token }, Cancellation));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await Store.ListAsync(list with { PageSize = 0 }, Cancellation));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await Store.ListAsync(list with { Order = (RecordOrder)99 }, Cancellation));
    }

    [Fact]
    public async Task Several_groupings_at_once_are_what_each_is_by_itself()
    {
        await WriteMixedAsync(200);
        RecordQuery query = new() { From = new DateOnly(2025, 6, 1) };
        SummaryBy[] groupings = [.. Enum.GetValues<SummaryBy>(), SummaryBy.Party];
        IReadOnlyList<IReadOnlyList<SummaryRow>> all = await Store.SummarizeAllAsync(groupings, query, Cancellation);
        Assert.Equal(groupings.Length, all.Count);
        for (int i = 0; i < groupings.Length; i++)
        {
            Assert.NotEmpty(all[i]);
            Assert.Equal((await Store.SummarizeAsync(groupings[i], query, Cancellation)).Select(row => row.ToString()), all[i].Select(row => row.ToString()));
        }

        Assert.Empty(await Store.SummarizeAllAsync([], query, Cancellation));
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
        Assert.Equal(MixedRecords.Ordered(all).Select(record => record.Key), read.Select(record => record.Key));
    }

    [Fact]
    public async Task Pages_of_one_day_follow_the_keys()
    {
        BillingRecord[] all = [.. Enumerable.Range(0, 60).Select(i => Some.Record($"{i}"))];
        await WriteAsync(all);
        List<BillingRecord> read = await ReadAllAsync(new RecordQuery { PageSize = 7, From = all[0].Date, To = all[0].Date });
        Assert.Equal(MixedRecords.Ordered(all).Select(record => record.Key), read.Select(record => record.Key));
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

    private bool Finds(List<BillingRecord> all, RecordQuery query)
    {
        List<BillingRecord> expected = [.. MixedRecords.Ordered(all.Where(record => MixedRecords.Matches(record, query)))];
        List<BillingRecord> read = ReadAllAsync(query).GetAwaiter().GetResult();
        return expected.Select(record => record.Key).SequenceEqual(read.Select(record => record.Key));
    }

    private bool Lists(List<BillingRecord> all, RecordListQuery list)
    {
        List<BillingRecord> expected = MixedRecords.Ordered(all, list);
        Assert.Equal(expected.Select(record => record.Key), ReadListAsync(list).GetAwaiter().GetResult().Select(record => record.Key));
        return true;
    }

    private bool Summarizes(List<BillingRecord> all, SummaryBy by, RecordQuery query)
    {
        IReadOnlyList<SummaryRow> rows = Store.SummarizeAsync(by, query, Cancellation).AsTask().GetAwaiter().GetResult();
        List<IGrouping<string, BillingRecord>> expected = [.. all.Where(record => MixedRecords.Matches(record, query)).GroupBy(record => by switch
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
        List<BillingRecord> all = MixedRecords.Make(count);
        foreach (BillingRecord[] batch in all.Chunk(60))
        {
            await WriteAsync(batch);
        }

        return all;
    }
}
