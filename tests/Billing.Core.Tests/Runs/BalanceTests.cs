using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace Billing.Core.Tests.Runs;

/// <summary>Read = stored + duplicate + conflict + quarantined, whatever the source holds.</summary>
public sealed class BalanceTests
{
    private static readonly string[] s_cells =
    [
        "2025-06-01", "2025/06/01", "", "Acme", "\"Acme\nInc\"", "\"unclosed", "ab\"c", "\"ab\"c", "USD", "CAD", "ABC", "jpy", "10.00", "-3", "12,50", "1e3", "NaN",
        "79228162514264337593543950335", "0.0000000000000000000000000001", "99999999999999999999999999999", "é", "\0", "\"",
    ];

    [Fact]
    public void Arbitrary_dirt_balances_in_rows_and_in_money()
    {
        Gen<string> row = Gen.Elements(s_cells).ArrayOf(4).Select(cells => string.Join(',', cells))
            .Or(Gen.Elements(s_cells).ArrayOf().Select(cells => string.Join(',', cells)))
            .Or(Gen.Elements("2025-06-01,Acme,10.00,USD", "2025-06-01,Acme,1.25,CAD", "2025-06-02,Acme,7,ABC", "2025-06-01,Acme,10.00,USD"));
        Prop.ForAll(row.ArrayOf().ToArbitrary(), Gen.Choose(1, 7).ToArbitrary(), (rows, batchSize) =>
        {
            Ingest ingest = new(billing => billing.UseBatchSize(batchSize).UseExchangeRates(FixedRates.Parse("CAD=0.75")));
            string text = "date,company,amount,currency\n" + string.Join('\n', rows);
            IngestReport first = ingest.Text(text).GetAwaiter().GetResult();
            string keys = ingest.Keys().GetAwaiter().GetResult();
            IngestReport second = ingest.Text(text).GetAwaiter().GetResult();

            Assert.Equal(RunStatus.Completed, first.Status);
            Assert.True(first.IsBalanced);
            Assert.Equal(first.Read, second.Read);
            Assert.Equal(0, second.Stored.Rows);
            Assert.Equal(first.Stored, second.Duplicate);
            Assert.Equal(first.Quarantined, second.Quarantined);
            Assert.Equal(first.Stored.Rows, ingest.Records().GetAwaiter().GetResult().Count);
            Assert.Equal(first.Quarantined.Rows, ingest.Quarantine().GetAwaiter().GetResult().Count);
            Assert.Equal(keys, ingest.Keys().GetAwaiter().GetResult());
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public async Task Totals_are_exact_beyond_what_a_decimal_holds()
    {
        Ingest ingest = new();
        IngestReport report = await ingest.Text(string.Create(CultureInfo.InvariantCulture, $"date,amount,currency\n2025-06-01,{decimal.MaxValue},USD\n2025-06-01,{decimal.MaxValue},USD\n2025-06-01,0.0000000000000000000000000001,USD\n"));
        // decimal.MaxValue has 29 digits: refused, and counted in rows only.
        Assert.Equal(2, report.Quarantined.Rows);
        Assert.Equal("0.0000000000000000000000000001", report.Stored["USD"].ToString());
        IngestReport big = await ingest.Text("date,amount,currency\n2025-06-02,9999999999999999999999999999,USD\n2025-06-02,9999999999999999999999999998,USD\n2025-06-02,0.0000000000000000000000000001,USD\n");
        Assert.Equal("19999999999999999999999999997.0000000000000000000000000001", big.Stored["USD"].ToString());
    }

    [Fact]
    public async Task Rows_without_a_known_currency_count_in_rows_and_in_what_is_known_of_their_money()
    {
        Ingest ingest = new();
        IngestReport report = await ingest.Text("date,amount,currency\n2025-06-01,10,ABC\n2025-06-01,5,\n2025-06-01,x,USD\n2025-06-01,1,usd\n");
        Assert.Equal(4, report.Read.Rows);
        Assert.Equal("10", report.Quarantined["ABC"].ToString());
        Assert.Equal("5", report.Quarantined[""].ToString());
        Assert.Equal("1", report.Stored["USD"].ToString());
        Assert.Equal(new Dictionary<string, long> { ["bad_amount"] = 1, ["missing_value"] = 1, ["unknown_currency"] = 1 }, report.Reasons);
    }

    [Fact]
    public async Task A_sink_that_loses_outcomes_fails_the_run()
    {
        Ingest ingest = new();
        IngestFailedException e = await Assert.ThrowsAsync<IngestFailedException>(() =>
            FailingSink.Pipeline(new FailingSink { LoseOutcomes = true }).IngestAsync(BillingSource.Text("june.csv", "date,amount,currency\n2025-06-01,10,USD\n"), TestContext.Current.CancellationToken));
        Assert.Equal(RunStatus.Failed, e.Report.Status);
        Assert.Contains("running it again is safe", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sink_that_fails_midway_leaves_a_failed_run_and_running_again_completes()
    {
        FailingSink sink = new() { FailOnWrite = 2 };
        BillingPipeline pipeline = FailingSink.Pipeline(sink);
        IBillingSource source() => BillingSource.Text("june.csv", "date,amount,currency\n2025-06-01,1,USD\n2025-06-01,2,USD\n2025-06-01,3,USD\n");
        IngestFailedException e = await Assert.ThrowsAsync<IngestFailedException>(() => pipeline.IngestAsync(source(), TestContext.Current.CancellationToken));
        Assert.Equal(1, e.Report.Stored.Rows);
        Assert.Equal(RunStatus.Failed, Assert.Single((await sink.Inner.GetRunsAsync(new PageRequest(), TestContext.Current.CancellationToken)).Items).Status);

        IngestReport again = await pipeline.IngestAsync(source(), TestContext.Current.CancellationToken);
        Assert.Equal(2, again.Stored.Rows);
        Assert.Equal(1, again.Duplicate.Rows);
    }

    [Fact]
    public async Task A_cancelled_run_says_so_and_running_again_completes()
    {
        using CancellationTokenSource cancel = new();
        FailingSink sink = new() { CancelOnWrite = (2, cancel) };
        BillingPipeline pipeline = FailingSink.Pipeline(sink);
        string text = "date,amount,currency\n2025-06-01,1,USD\n2025-06-01,2,USD\n2025-06-01,3,USD\n";
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pipeline.IngestAsync(BillingSource.Text("june.csv", text), cancel.Token));
        IngestReport run = Assert.Single((await sink.Inner.GetRunsAsync(new PageRequest(), TestContext.Current.CancellationToken)).Items);
        Assert.Equal((RunStatus.Failed, "Cancelled."), (run.Status, run.Error));
        IngestReport again = await pipeline.IngestAsync(BillingSource.Text("june.csv", text), TestContext.Current.CancellationToken);
        Assert.Equal(3, again.Stored.Rows + again.Duplicate.Rows);
    }
}
