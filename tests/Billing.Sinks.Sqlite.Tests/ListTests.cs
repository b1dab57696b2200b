using Billing.Sinks.Sqlite.Tests.Stores;

namespace Billing.Sinks.Sqlite.Tests;

/// <summary>Lists of more records than are looked at by date first: what is rare, or stands far behind, is found all the same.</summary>
public sealed class ListTests : IAsyncDisposable
{
    private readonly SqliteFileStore _store = new();

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Theory]
    [InlineData(1)]
    [InlineData(1_000_000)]
    public async Task Lists_of_a_large_ledger_are_those_of_memory(int mostUnsorted)
    {
        BillingRecord[] all =
        [
            .. Enumerable.Range(0, 6_000).Select(i => Some.Record(
                $"{i}",
                date: new DateOnly(2025, 1, 1).AddDays(i % 40),
                amount: i % 977,
                party: i % 1_500 == 17 ? "rare" : i < 3_000 ? "first half" : "second half")),
        ];
        SqliteSink sink = _store.Open(new SqliteSinkOptions { MostUnsorted = mostUnsorted });
        MemorySink memory = new();
        foreach (BillingRecord[] batch in all.Chunk(1_000))
        {
            await sink.WriteAsync(batch, TestContext.Current.CancellationToken);
            await memory.WriteAsync(batch, TestContext.Current.CancellationToken);
        }

        RecordQuery[] filters = [new(), new() { Party = "rare" }, new() { Party = "second half", From = new DateOnly(2025, 1, 20) }, new() { Party = "nobody" }, new() { Text = "RARE", To = new DateOnly(2025, 1, 30) }];
        foreach (RecordListQuery list in filters.SelectMany(filter => Enum.GetValues<RecordOrder>().SelectMany(order => (RecordListQuery[])
            [new() { Filter = filter, Order = order, PageSize = 700 }, new() { Filter = filter, Order = order, PageSize = 700, MostBytes = 90 }, new() { Filter = filter, Order = order, PageSize = 2, IsDescending = true }])))
        {
            string? token = null;
            string? expectedToken = null;
            for (int pages = 0; pages < 12; pages++)
            {
                Page<BillingRecord> page = await sink.ListAsync(list with { ContinuationToken = token }, TestContext.Current.CancellationToken);
                Page<BillingRecord> expected = await ((IBillingStore)memory).ListAsync(list with { ContinuationToken = expectedToken }, TestContext.Current.CancellationToken);
                Assert.Equal(expected.Items.Select(record => record.Key), page.Items.Select(record => record.Key));
                (token, expectedToken) = (page.ContinuationToken, expected.ContinuationToken);
                Assert.Equal(expectedToken, token);
                if (token is null)
                {
                    break;
                }
            }
        }
    }
}
