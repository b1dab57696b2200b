using Microsoft.Extensions.DependencyInjection;

namespace Billing.Sinks.Conformance;

/// <summary>Tests of months in a store that is amendable: the report adds up to what the store does, and a closed month stays as it was closed.</summary>
public abstract class MonthSuite<TStore> : StoreSuite<TStore>
    where TStore : IStoreUnderTest, new()
{
    private const string Header = "date,company,amount,currency\n";
    private const string June = "2025-06-01,Acme,10.00,USD\n2025-06-15,Łódź ✓,0.10,CAD\n2025-06-15,Łódź ✓,0.10,CAD\n2025-06-30,Bell,-3.25,CAD\n2025-05-31,Bell,4.00,USD\n2025-07-01,Bell,5.00,USD\n";
    private static readonly BillingMonth s_june = new(2025, 6);

    private IAmendableStore Ledger => Demand<IAmendableStore>(Store, nameof(MonthSuite<>));

    [Fact]
    public async Task The_report_of_a_month_adds_up_to_what_the_store_does()
    {
        await IngestAsync(Ledger, "june.csv", June);
        MonthReport report = await MonthReport.CreateAsync(UnderTest.Connect(), s_june, cancellationToken: Cancellation);
        RecordQuery query = new() { From = s_june.First, To = s_june.Last };
        Assert.Equal(Texts(await Store.SummarizeAsync(SummaryBy.Party, query, Cancellation)), Texts(report.Parties));
        Assert.Equal(Texts(await Store.SummarizeAsync(SummaryBy.Day, query, Cancellation)), Texts(report.Days));
        SummaryRow month = Assert.Single(await Store.SummarizeAsync(SummaryBy.Month, query, Cancellation));
        Assert.Equal((month.Billed, month.Reporting), (report.Billed, report.Reporting));
        Assert.Equal("1 rows, 4 USD", report.Before!.Reporting.ToString());
        Assert.Equal(4, Assert.Single(report.Runs).Rows);
        Assert.Equal(report.Sha256, (await MonthReport.CreateAsync(UnderTest.Connect(), s_june, new MonthTerms { Zone = TimeZoneInfo.Utc }, Cancellation)).Sha256);
    }

    [Fact]
    public async Task A_closed_month_stays_the_same_bytes_and_what_comes_later_is_a_numbered_restatement()
    {
        IngestReport run = await IngestAsync(Ledger, "june.csv", June);
        await IngestAsync(Ledger, "more.csv", "2025-06-20,Acme,7.00,USD\n2025-06-15,Łódź ✓,0.10,CAD\n");
        MonthClosings closings = new(UnderTest.Connect()) { Reason = "✓ done" };
        MonthClosing closed = (await closings.CloseAsync(s_june, cancellationToken: Cancellation))!;
        byte[] bytes = await CsvAsync(closed);
        Assert.Null(await closings.CloseAsync(s_june, cancellationToken: Cancellation));
        LedgerHead head = (await new LedgerSeals(UnderTest.Connect()).GetHeadAsync(Cancellation))!;

        await IngestAsync(UnderTest.Connect(), "late.csv", "2025-06-21,Late,1.50,USD\n");
        Assert.Equal(bytes, await CsvAsync(closed));
        await new LedgerReversal(UnderTest.Connect()).RunAsync(run.RunId, Cancellation);
        Assert.Equal(bytes, await CsvAsync(closed));
        BillingRecord acme = Assert.Single(await ReadAllAsync(new RecordQuery { Party = "Acme" }));
        await new LedgerRemoval(UnderTest.Connect(), "private").RunAsync([acme.Key], Cancellation);
        await new RateRestatement(UnderTest.Connect(), FixedRates.Parse("CAD=0.50")).RunAsync(cancellationToken: Cancellation);
        await new RuleTrial(CategoryRules.Parse("""{ "rules": [ { "name": "all", "when": {}, "category": "Everything" } ] }""")).ApplyAsync(UnderTest.Connect(), cancellationToken: Cancellation);
        Assert.Equal(bytes, await CsvAsync(closed));

        MonthRestatement changes = (await closings.GetChangesAsync(s_june, Cancellation))!;
        Assert.Equal("restatement 1 of 2025-06, not closed: 1 added, 4 taken away, 1 changed", changes.ToString());
        Assert.Equal(["Late"], changes.Added.Select(line => line.Record.Party));
        MonthClosing second = (await closings.CloseAsync(s_june, cancellationToken: Cancellation))!;
        Assert.Equal((1, changes.Difference), (second.Number, second.Difference));
        Assert.Equal(changes.ToString().Replace(", not closed", "", StringComparison.Ordinal), (await new MonthClosings(UnderTest.Connect()).GetRestatementAsync(s_june, 1, Cancellation)).ToString());
        Assert.Equal(bytes, await CsvAsync(closed));
        Assert.Equal([0, 1], (await new MonthClosings(UnderTest.Connect()).GetAsync(s_june, Cancellation)).Select(closing => closing.Number));
        Assert.Empty(await new LedgerSeals(UnderTest.Connect()).VerifyAsync([head], Cancellation).ToArrayAsync(Cancellation));
        Assert.Empty(await new StoreVerification(UnderTest.Connect()).FindFaultsAsync(Cancellation).ToArrayAsync(Cancellation));
    }

    private static string[] Texts(IReadOnlyList<SummaryRow> rows) => [.. rows.Select(row => $"{row.Group}: {row.Billed} = {row.Reporting}")];

    private async Task<byte[]> CsvAsync(MonthClosing closing)
    {
        MonthReport report = await new MonthClosings(UnderTest.Connect()).GetReportAsync(closing, Cancellation);
        Assert.Equal(closing.Sha256, report.Sha256);
        using MemoryStream output = new();
        await report.WriteCsvAsync(output, Cancellation);
        return output.ToArray();
    }

    private static async Task<IngestReport> IngestAsync(IBillingStore store, string name, string rows)
    {
        await using ServiceProvider services = new ServiceCollection().AddBilling(billing => billing.AddSink(store).UseExchangeRates(FixedRates.Parse("CAD=0.75"))).BuildServiceProvider();
        return await services.GetRequiredService<BillingPipeline>().IngestAsync(BillingSource.Text(name, Header + rows), Cancellation);
    }
}
