using Billing.Core.Tests.Runs;

namespace Billing.Core.Tests.Stores;

/// <summary>Listings are read to their end, a page at a time.</summary>
public sealed class ReadingTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_record_row_and_run_comes_once_and_in_order()
    {
        MemorySink store = new();
        BillingRecord[] records = [.. Enumerable.Range(0, 4_500).Select(i => Some.Record($"{i}", line: i, runId: $"run-{i % 2}"))];
        await store.WriteAsync(records, Cancellation);
        await store.WriteQuarantineAsync([.. Enumerable.Range(0, 30).Select(i => Some.Quarantined($"{i}", line: i))], Cancellation);
        for (int i = 0; i < 30; i++)
        {
            await store.WriteRunAsync(Some.Report($"run-{i:D2}"), Cancellation);
        }

        List<BillingRecord> read = await store.QueryAllAsync(new RecordQuery { RunId = "run-1", PageSize = 1 }, Cancellation).ToListAsync(Cancellation);
        Assert.Equal(records.Where(record => record.RunId == "run-1").OrderBy(record => record.Key).Select(record => record.Key), read.Select(record => record.Key));
        Assert.Equal(Enumerable.Range(0, 30).Select(i => (long)i), (await store.GetAllQuarantineAsync(new QuarantineQuery(), Cancellation).ToListAsync(Cancellation)).Select(row => row.Source.Line));
        Assert.Equal(Enumerable.Range(0, 30).Reverse().Select(i => $"run-{i:D2}"), (await store.GetAllRunsAsync(Cancellation).ToListAsync(Cancellation)).Select(run => run.RunId));
        Assert.Equal([7, 7, 7, 7, 2], await store.GetRunPagesAsync(new PageRequest { PageSize = 7 }, Cancellation).Select(page => page.Count).ToListAsync(Cancellation));
        Assert.Empty(await store.QueryPagesAsync(new RecordQuery { RunId = "none" }, Cancellation).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task Pages_of_everything_are_large_and_bounded_in_bytes_unless_the_query_says_otherwise()
    {
        HookedSink store = new();
        await store.QueryAllAsync(new RecordQuery { PageSize = 1 }, Cancellation).CountAsync(Cancellation);
        await store.GetAllQuarantineAsync(new QuarantineQuery { PageSize = 1 }, Cancellation).CountAsync(Cancellation);
        await store.GetAllRunsAsync(Cancellation).CountAsync(Cancellation);
        Assert.Equal([(2_000, 4 << 20), (2_000, 4 << 20), (2_000, 4 << 20)], store.Pages.Select(page => (page.PageSize, page.MostBytes!.Value)));

        store.Pages.Clear();
        await store.QueryAllAsync(new RecordQuery { MostBytes = 7 }, Cancellation).CountAsync(Cancellation);
        await store.GetAllQuarantineAsync(new QuarantineQuery { MostBytes = 8 }, Cancellation).CountAsync(Cancellation);
        Assert.Equal([7, 8], store.Pages.Select(page => page.MostBytes!.Value));
    }

    [Fact]
    public async Task After_a_page_that_bytes_ended_twice_as_many_items_are_asked_for_and_at_least_ten()
    {
        HookedSink store = new();
        for (int i = 0; i < 40; i++)
        {
            // Two bytes each.
            await store.WriteRunAsync(Some.Report($"run-{i:D2}") with { Source = "s", Settings = null }, Cancellation);
        }

        Assert.Equal([32, 8], await store.GetRunPagesAsync(new PageRequest { PageSize = 100, MostBytes = 64 }, Cancellation).Select(page => page.Count).ToListAsync(Cancellation));
        Assert.Equal([100, 64], store.Pages.Select(page => page.PageSize));

        store.Pages.Clear();
        Assert.Equal([4, 4], await store.GetRunPagesAsync(new PageRequest { PageSize = 100, MostBytes = 8 }, Cancellation).Select(page => page.Count).Take(2).ToListAsync(Cancellation));
        Assert.Equal([100, 10], store.Pages.Take(2).Select(page => page.PageSize));
    }

    [Fact]
    public async Task It_goes_on_from_a_token()
    {
        MemorySink store = new();
        await store.WriteAsync([.. Enumerable.Range(0, 20).Select(i => Some.Record($"{i}"))], Cancellation);
        Page<BillingRecord> first = await store.QueryAsync(new RecordQuery { PageSize = 8 }, Cancellation);
        Assert.Equal(12, await store.QueryAllAsync(new RecordQuery { ContinuationToken = first.ContinuationToken }, Cancellation).CountAsync(Cancellation));
        await Assert.ThrowsAsync<ArgumentException>(async () => await store.QueryAllAsync(new RecordQuery { Party = "x", ContinuationToken = first.ContinuationToken }, Cancellation).CountAsync(Cancellation));
    }

    [Fact]
    public async Task A_page_is_asked_for_when_the_one_before_was_taken_and_not_after_a_cancellation()
    {
        HookedSink store = new();
        await store.WriteAsync([.. Enumerable.Range(0, 10).Select(i => Some.Record($"{i}"))], Cancellation);
        using CancellationTokenSource source = new();
        List<int> asked = [];
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (IReadOnlyList<BillingRecord> page in store.QueryPagesAsync(new RecordQuery { PageSize = 3 }, source.Token))
            {
                asked.Add(store.Queries);
                if (asked.Count == 2)
                {
                    await source.CancelAsync();
                }
            }
        });
        Assert.Equal([1, 2], asked);
        Assert.Equal(2, store.Queries);
    }
}
