namespace Billing.Sinks.Conformance;

/// <summary>Tests that a store which is killed at any point, and written to again, holds the same as after an undisturbed run.</summary>
public abstract class KillSuite<TStore> : StoreSuite<TStore>
    where TStore : IStoreUnderTest, new()
{
    private const int Points = 200;
    private const int Records = 14;
    private const int Seed = 20250617;

    [Fact]
    public async Task Killed_at_200_points_and_run_again_nothing_is_lost_or_doubled()
    {
        Random random = new(Seed);
        int midway = 0;
        for (int point = 0; point < Points; point++)
        {
            BillingRecord[] records = [.. Enumerable.Range(0, Records).Select(i => Some.Record($"{point}-{i}", amount: (i + 1) / 8m, party: $"party {point}", line: i))];
            KillSwitch killing = new(random);
            midway += await Writing.RunAsync(UnderTest.Connect(), records, killing) ? 0 : 1;
            Assert.True(await Writing.RunAsync(UnderTest.Connect(), records, KillSwitch.Never));
            await HoldsAsync(records);
        }

        Assert.True(midway > Points / 2, $"Only {midway} of {Points} runs were killed midway, too few for the test to be meaningful.");
    }

    private async Task HoldsAsync(BillingRecord[] records)
    {
        string party = records[0].Party!;
        List<BillingRecord> stored = await ReadAllAsync(new RecordQuery { Party = party });
        Assert.Equal(records.Select(record => record.Key).Order(), stored.Select(record => record.Key).Order());
        Assert.All(records, record => Same.Record(record, stored.Single(other => other.Key == record.Key)));
        SummaryRow row = Assert.Single(await Store.SummarizeAsync(SummaryBy.Party, new RecordQuery { Party = party }, Cancellation));
        Assert.Equal(records.Length, row.Billed.Rows);
        Assert.Equal(ExactSum.From(records.Sum(record => record.Amount.Amount)), row.Billed["USD"]);
    }
}
