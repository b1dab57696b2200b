namespace Billing.Core.Tests.Monthly;

public sealed class UnusualTests
{
    private static readonly BillingMonth s_june = new(2025, 6);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_amount_beyond_the_usual_is_found_with_its_reason()
    {
        decimal[] earlier = [9.99m, 10m, 11m, 12m, 12.50m, 13m, 14m, 14.99m, 12.50m];
        UnusualAmount found = Assert.Single(await FindAsync([.. earlier, 12m, 120.00m]));
        Assert.Equal("120.00, usually 10 to 14 (median 12.25) over 10 records", found.Reason);

        // 0.6745 (120 - 12.25) / 1.00
        Assert.Equal((72.68m, false, 10), (found.Score, found.IsByMean, found.Earlier));
    }

    [Fact]
    public async Task Fewer_than_eight_earlier_records_judge_nothing()
    {
        Assert.Empty(await FindAsync(1m, 2m, 3m, 4m, 5m, 6m, 7m, 1000m));
        Assert.Single(await FindAsync(1m, 2m, 3m, 4m, 5m, 6m, 7m, 8m, 1000m));
    }

    [Fact]
    public async Task If_more_than_half_are_equal_the_mean_deviation_decides_and_if_all_are_any_other_amount_is_unusual()
    {
        decimal[] mostlyTen = [12m, 10m, 10m, 10m, 10m, 10m, 10m, 10m, 10m, 10m];

        // The mean deviation is 0.2: beyond 3.5 * 1.253314 * 0.2 = 0.877... is unusual.
        Assert.Empty(await FindAsync([.. mostlyTen, 10.87m]));
        UnusualAmount found = Assert.Single(await FindAsync([.. mostlyTen, 9.12m]));
        Assert.Equal((-3.51m, true, "9.12, usually 10 to 10 (median 10) over 10 records"), (found.Score, found.IsByMean, found.Reason));

        UnusualAmount other = Assert.Single(await FindAsync([9.99m, 9.99m, 9.99m, 9.99m, 9.99m, 9.99m, 9.99m, 9.99m, 10.99m]));
        Assert.Equal((null, "10.99, always 9.99 in 8 records"), (other.Score, other.Reason));
        Assert.Empty(await FindAsync(9.99m, 9.99m, 9.99m, 9.99m, 9.99m, 9.99m, 9.99m, 9.99m, 9.990m));
    }

    [Fact]
    public async Task Only_the_same_party_and_currency_is_compared_and_only_with_what_is_earlier()
    {
        List<BillingRecord> records = [.. Enumerable.Range(1, 9).Select(i => Some.Record($"a{i}", amount: i, date: new DateOnly(2025, 5, i)))];
        MemorySink ledger = new();
        await ledger.WriteAsync(
        [
            .. records,
            Some.Record("other party", amount: 500m, party: "Bell"),
            Some.Record("no party", amount: 500m, party: null),
            Some.Record("other currency", amount: 500m, currency: "EUR", reportingAmount: 550m),
            Some.Record("unusual", amount: 500m),
            Some.Record("July", amount: 5_000m, date: new DateOnly(2025, 7, 1)),
        ], Cancellation);
        Assert.Equal(Some.Key("unusual"), Assert.Single(await UnusualAmounts.FindAsync(ledger, s_june, Cancellation)).Record.Key);
        Assert.Empty(await UnusualAmounts.FindAsync(ledger, new BillingMonth(2025, 5), Cancellation));
    }

    [Fact]
    public async Task The_largest_and_the_smallest_amounts_do_not_overflow()
    {
        const decimal most = 9_999_999_999_999_999_999_999_999_999m;
        Assert.Empty(await FindAsync([.. Enumerable.Range(0, 600).Select(i => i % 2 == 0 ? most : -most)]));
        Assert.Equal(1_000_000m, Assert.Single(await FindAsync([.. Enumerable.Range(1, 20).Select(i => i * 0.0000000001m), most])).Score);
        Assert.Equal([null, -1_000_000m], (await FindAsync([.. Enumerable.Repeat(1m, 20), 1.0000000000000000000000000001m, -most])).Select(one => one.Score));
    }

    [Fact]
    public async Task What_is_found_is_what_the_definition_finds_with_the_last_five_hundred()
    {
        int found = 0;
        for (int seed = 0; seed < 20; seed++)
        {
            Random random = new(seed);
            decimal[] amounts = [.. Enumerable.Range(0, random.Next(20, 700)).Select(_ => random.Next(12) == 0 ? random.Next(1, 40_000) / 100m : random.Next(3) == 0 ? 10m : random.Next(900, 1_100) / 100m)];
            IReadOnlyList<UnusualAmount> actual = await FindAsync(amounts);
            List<long> expected = [];
            for (int i = amounts.Length - Math.Min(amounts.Length, 15); i < amounts.Length; i++)
            {
                decimal[] earlier = [.. amounts.Take(i).TakeLast(500).Order()];
                if (earlier.Length >= 8 && IsUnusual(amounts[i], earlier))
                {
                    expected.Add(i);
                }
            }

            Assert.Equal(expected, actual.Select(one => one.Record.Source.Line));
            found += expected.Count;
        }

        Assert.InRange(found, 10, int.MaxValue);
    }

    private static bool IsUnusual(decimal x, decimal[] earlier)
    {
        decimal median = Median(earlier);
        decimal mad = Median([.. earlier.Select(one => Math.Abs(one - median)).Order()]);
        decimal mean = earlier.Average(one => Math.Abs(one - median));
        return mad != 0 ? 0.6745m * Math.Abs(x - median) / mad > 3.5m : mean != 0 ? Math.Abs(x - median) / (1.253314m * mean) > 3.5m : x != median;
    }

    private static decimal Median(decimal[] sorted) => (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;

    // The last fifteen are of June, a day each; the line is the place.
    private static async Task<IReadOnlyList<UnusualAmount>> FindAsync(params decimal[] amounts)
    {
        MemorySink ledger = new();
        DateOnly first = new(2025, 6, 16);
        await ledger.WriteAsync([.. amounts.Select((amount, i) => Some.Record($"{i}", amount: amount, line: i, date: first.AddDays(i - amounts.Length + (i < amounts.Length - 15 ? -15 : 0))))], Cancellation);
        return await UnusualAmounts.FindAsync(ledger, s_june, Cancellation);
    }
}
