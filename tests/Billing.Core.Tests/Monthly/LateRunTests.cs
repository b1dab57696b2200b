using Billing.Core.Tests.Runs;
using Billing.Monthly;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Core.Tests.Monthly;

/// <summary>What comes after a month was closed never keeps the closed report from being read.</summary>
[Trait("Culture", "independent")]
public sealed class LateRunTests
{
    private const string Header = "date,company,amount,currency\n";
    private static readonly BillingMonth s_june = new(2025, 6);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_more_runs_than_a_closing_lists_a_run_of_a_clock_that_is_behind_does_not_get_into_the_closed_report()
    {
        Ingest ingest = new(billing => billing.UseExchangeRates(FixedRates.Parse("CAD=0.75")));
        for (int i = 1; i <= 3; i++)
        {
            await ingest.Text($"{Header}2025-06-0{i},Acme,{i}.00,USD\n", $"{i}.csv");
        }

        MonthClosing closed = (await new MonthCloser(ingest.Ledger, s_june, TimeProvider.System) { MostRuns = 2 }.RunAsync(null, Cancellation))!;
        Assert.Null(closed.Runs);
        MonthClosings closings = new(ingest.Ledger);
        Assert.Equal(closed.Sha256, (await closings.GetReportAsync(closed, Cancellation)).Sha256);

        ServiceProvider behind = new ServiceCollection().AddSingleton<TimeProvider>(new StoppedClock(closed.ClosedAt.AddHours(-1))).AddBilling(billing => billing.AddSink(ingest.Ledger)).BuildServiceProvider();
        IngestReport late = await behind.GetRequiredService<BillingPipeline>().IngestAsync(BillingSource.Text("late.csv", Header + "2025-06-04,Acme,4.00,USD\n"), cancellationToken: Cancellation);
        Assert.True(string.CompareOrdinal(late.RunId, closed.EntryId) < 0, "The clock was not behind.");
        Assert.Equal(closed.Sha256, (await closings.GetReportAsync(closed, Cancellation)).Sha256);
        Assert.Equal("restatement 1 of 2025-06, not closed: 1 added, 0 taken away, 0 changed", (await closings.GetChangesAsync(s_june, Cancellation))!.ToString());

        // Neither does what no run accounts for.
        await ingest.Ledger.WriteAsync([Some.Record("unknown", amount: 1m, runId: "0197" + closed.EntryId[4..])], Cancellation);
        Assert.Equal(closed.Sha256, (await closings.GetReportAsync(closed, Cancellation)).Sha256);
    }

    [Fact]
    public async Task A_row_that_has_no_rate_among_those_of_the_closing_leaves_the_closed_report_readable()
    {
        Ingest ingest = new(billing => billing.UseExchangeRates(FixedRates.Parse("CAD=0.75, MXN=0.059")));
        await ingest.Text(Header + "2025-06-30,Bakery,10.00,CAD\n");
        MonthClosings closings = new(ingest.Ledger);
        MonthClosing closed = (await closings.CloseAsync(s_june, new MonthTerms { Rates = FixedRates.Parse("CAD=0.80") }, Cancellation))!;
        await ingest.Text(Header + "2025-06-29,Hotel,100.00,MXN\n", "late.csv");
        Assert.Equal(closed.Sha256, (await closings.GetReportAsync(closed, Cancellation)).Sha256);
        Assert.Equal("The rates of the report have none for MXN on 2025-06-29 (late.csv:2). Add these rates, or report the amounts that are stored.", (await Assert.ThrowsAsync<MissingRatesException>(async () => await closings.GetChangesAsync(s_june, Cancellation))).Message);

        MonthClosing again = (await closings.CloseAsync(s_june, new MonthTerms { Rates = FixedRates.Parse("CAD=0.80, MXN=0.06") }, Cancellation))!;
        Assert.Equal("6", again.Difference["USD"].ToString());
        Assert.Equal((closed.Sha256, again.Sha256), ((await closings.GetReportAsync(closed, Cancellation)).Sha256, (await closings.GetReportAsync(again, Cancellation)).Sha256));
    }

    [Theory]
    [InlineData("Pacific/Auckland", "2025-06-30T12:00:00Z", true)]
    [InlineData("Pacific/Auckland", "2025-06-30T11:59:59Z", false)]
    [InlineData("America/Los_Angeles", "2025-07-01T06:59:59Z", false)]
    [InlineData("America/Los_Angeles", "2025-07-01T07:00:00Z", true)]
    [InlineData(null, "2025-06-30T23:59:59Z", false)]
    [InlineData(null, "2025-07-01T00:00:00Z", true)]
    public async Task A_month_is_over_when_it_is_over_where_the_books_are_kept(string? zone, string now, bool isOver)
    {
        Ingest ingest = new();
        await ingest.Text(Header + "2025-06-30,Bakery,10.00,USD\n");
        StoppedClock clock = new(DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture));
        MonthClosings closings = new(ingest.Ledger, clock) { BooksZone = zone is null ? null : TimeZoneInfo.FindSystemTimeZoneById(zone) };
        Assert.Equal(isOver, (await closings.GetObstaclesAsync(s_june, cancellationToken: Cancellation)).Count == 0);
        if (isOver)
        {
            Assert.NotNull(await closings.CloseAsync(s_june, cancellationToken: Cancellation));
        }
        else
        {
            await Assert.ThrowsAsync<BillingException>(async () => await closings.CloseAsync(s_june, cancellationToken: Cancellation));
        }
    }
}
