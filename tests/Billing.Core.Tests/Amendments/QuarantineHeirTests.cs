using Billing.Core.Tests.Runs;

namespace Billing.Core.Tests.Amendments;

/// <summary>A row in quarantine whose run was taken back is that of another run that delivered it too: under its settings it is corrected and released, and with its month it counts.</summary>
public sealed class QuarantineHeirTests
{
    private const string Header = "date,company,amount,currency\n";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_corrected_under_the_settings_of_the_run_whose_it_is()
    {
        Ingest ingest = new();
        IngestReport heir = await TwiceAsync(ingest, Header + "2025-06-02,Beta,2O.00,CAD\n", first: "CAD=0.75", second: "CAD=0.80");
        RowMend mend = await ingest.Pipeline().MendAsync(Assert.Single(await ingest.Quarantine()).Key, "2025-06-02,Beta,20.00,CAD", null, new IngestOptions(), Cancellation);
        Assert.Equal((true, heir.RunId), (mend.IsTaken, mend.Report.ReplayOf));
        Assert.Equal("16.00 USD", Assert.Single(await ingest.Records()).ReportingAmount.ToString());
    }

    [Fact]
    public async Task Released_by_a_late_rate_it_is_a_replay_of_the_run_whose_it_is_and_goes_with_it()
    {
        Ingest ingest = new();
        IngestReport heir = await TwiceAsync(ingest, Header + "2025-06-02,Beta,20.00,CHF\n", first: "CAD=0.75", second: "CAD=0.80");
        IngestReport released = Assert.Single(await ingest.Pipeline(billing => billing.UseExchangeRates(FixedRates.Parse("CHF=1.10"))).ReleaseAsync(Cancellation));
        Assert.Equal((heir.RunId, 1), (released.ReplayOf, released.Stored.Rows));
        await ingest.Pipeline().RevertAsync(heir.RunId, "test", Cancellation);
        Assert.Empty(await ingest.Records());
        Assert.Empty(await ingest.Quarantine());
    }

    [Fact]
    public async Task Without_a_date_it_holds_up_the_month_of_the_run_whose_it_is()
    {
        Ingest ingest = new();
        const string row = "never,Beta,20.00,USD\n";
        IngestReport july = await ingest.Text(Header + "2025-07-01,Acme,1.00,USD\n" + row, "july.csv");
        await ingest.Text(Header + "2025-06-01,Acme,1.00,USD\n" + row, "june.csv");
        await ingest.Pipeline().RevertAsync(july.RunId, "test", Cancellation);
        Assert.Equal(
            ["1 row with a date that cannot be read is in quarantine (june.csv:3)"],
            await new MonthClosings(ingest.Ledger).GetObstaclesAsync(new BillingMonth(2025, 6), cancellationToken: Cancellation));
    }

    // Of two runs of a source, the first is taken back.
    private static async Task<IngestReport> TwiceAsync(Ingest ingest, string text, string first, string second)
    {
        IngestReport reverted = await ingest.Pipeline(billing => billing.UseExchangeRates(FixedRates.Parse(first))).IngestAsync(BillingSource.Text("june.csv", text), Cancellation);
        IngestReport heir = await ingest.Pipeline(billing => billing.UseExchangeRates(FixedRates.Parse(second))).IngestAsync(BillingSource.Text("june.csv", text), Cancellation);
        await ingest.Pipeline().RevertAsync(reverted.RunId, "test", Cancellation);
        return heir;
    }
}
