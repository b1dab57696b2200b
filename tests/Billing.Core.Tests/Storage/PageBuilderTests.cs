using System.Text;
using Billing.Storage;

namespace Billing.Core.Tests.Storage;

public sealed class PageBuilderTests
{
    [Fact]
    public void A_page_takes_its_size_and_one_more_tells_of_the_next()
    {
        PageBuilder<string, byte[]> page = Names(new PageRequest { PageSize = 2 });
        Assert.False(page.TryGetAfter(out _));
        Assert.Equal(3, page.Limit);
        Assert.True(page.Add("a"));
        Assert.True(page.Add("b"));
        Assert.Equal(1, page.Limit);
        Assert.False(page.Add("c"));
        Assert.Equal(0, page.Limit);
        Page<string> first = page.ToPage();
        Assert.Equal(["a", "b"], first.Items);

        PageBuilder<string, byte[]> next = Names(new PageRequest { PageSize = 2, ContinuationToken = first.ContinuationToken });
        Assert.True(next.TryGetAfter(out byte[]? after));
        Assert.Equal("b", Encoding.UTF8.GetString(after));
        Assert.Null(next.Fill(["c", "d"]).ContinuationToken);
    }

    [Fact]
    public void A_page_ends_with_the_item_that_brings_it_to_its_bytes()
    {
        PageBuilder<BillingRecord, RecordPosition> page = StorePages.Of(new RecordQuery { MostBytes = 500 });
        Page<BillingRecord> built = page.Fill(Enumerable.Range(0, 10).Select(i => Some.Record($"{i}", description: new string('x', 100))));
        Assert.Equal(3, built.Items.Count);
        Assert.NotNull(built.ContinuationToken);
        Assert.Equal(3, StorePages.Of(new RecordQuery { MostBytes = 500 }).Fill(built.Items).Items.Count);
        Assert.Null(StorePages.Of(new RecordQuery { MostBytes = 500 }).Fill(built.Items).ContinuationToken);
    }

    [Fact]
    public void The_limit_is_what_is_left_to_read()
    {
        PageBuilder<string, byte[]> page = Names(new PageRequest { PageSize = 3 });
        Assert.True(page.Add("a"));
        Assert.Equal(3, page.Limit);

        // Two bytes for each letter of the source: the first run fills the page.
        PageBuilder<IngestReport, string> runs = StorePages.OfRuns(new PageRequest { PageSize = 3, MostBytes = 4 });
        Assert.True(runs.Add(Some.Report("2") with { Source = "ab", Settings = null }));
        Assert.Equal(1, runs.Limit);
        Assert.False(runs.Add(Some.Report("1") with { Source = "ab", Settings = null }));
    }

    [Fact]
    public void The_token_of_another_listing_is_refused()
    {
        string token = Names(new PageRequest { PageSize = 1 }).Fill(["a", "b"]).ContinuationToken!;
        Assert.Throws<ArgumentException>(() => StorePages.Of<string>(new PageRequest { ContinuationToken = token }, "others", Encoding.UTF8.GetBytes));
        Assert.Throws<ArgumentException>(() => StorePages.OfRuns(new PageRequest { ContinuationToken = token }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Names(new PageRequest { PageSize = 0 }));
    }

    [Fact]
    public void What_is_held_of_a_run_is_the_sum_of_all_groups()
    {
        SummaryTotals totals = new();
        totals.Add(SummaryBy.Category, Some.Record("1", amount: 1.10m, category: "a"));
        totals.Add(SummaryBy.Category, Some.Record("2", amount: 2.20m, category: "b"));
        totals.Add("c", 3, "JPY", ExactSum.From(7m), "USD", ExactSum.From(0.05m));
        RunTotals held = totals.ToRunTotals();
        Assert.Equal(new ControlTotals(5, new Dictionary<string, ExactSum> { ["USD"] = ExactSum.From(3.30m), ["JPY"] = ExactSum.From(7m) }), held.Stored);
        Assert.Equal(5, held.StoredInReportingCurrency.Rows);
        Assert.Equal(new RunTotals(ControlTotals.Zero, ControlTotals.Zero), new SummaryTotals().ToRunTotals());
    }

    private static PageBuilder<string, byte[]> Names(PageRequest page) => StorePages.Of<string>(page, "names", Encoding.UTF8.GetBytes);
}
