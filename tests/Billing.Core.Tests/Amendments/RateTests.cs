using System.Globalization;
using System.Text;
using Billing.Core.Tests.Runs;

namespace Billing.Core.Tests.Amendments;

/// <summary>Rates that come late, and rates that are revised.</summary>
public sealed class RateTests
{
    private const string Early = "CAD=0.75";
    private const string Late = "CAD=0.75, MXN=0.059, CHF=1.12";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rows_whose_rate_comes_late_become_what_they_would_have_been_with_it_from_the_start()
    {
        int released = 0;
        for (int seed = 0; seed < 40; seed++)
        {
            Random random = new(seed);
            string[] sources = [.. Enumerable.Range(0, 4).Select(i => Source(random, i))];
            Ingest late = new();
            Ingest early = new();
            for (int i = 0; i < sources.Length; i++)
            {
                await late.Pipeline(Rates(i < 2 ? Early : Late)).IngestAsync(BillingSource.Text($"{i}.csv", sources[i]), Cancellation);
                await early.Pipeline(Rates(Late)).IngestAsync(BillingSource.Text($"{i}.csv", sources[i]), Cancellation);
            }

            Assert.Equal(Amounts(await early.Records()), Amounts(await late.Records()));
            Assert.Empty(await late.Quarantine());
            released += (await late.Quarantine(resolved: true)).Count;
        }

        Assert.InRange(released, 40, int.MaxValue);
    }

    [Fact]
    public async Task Rates_without_a_source_release_rows_once()
    {
        Ingest ingest = new();
        await ingest.Pipeline(Rates(Early)).IngestAsync(BillingSource.Text("june.csv", "date,company,amount,currency\n2025-06-01,A,10.00,MXN\n2025-06-01,B,10.00,XQQ\n2025-06-01,C,10.00,JPY\n"), Cancellation);
        IngestReport report = Assert.Single(await ingest.Pipeline(Rates(Late)).ReleaseAsync(Cancellation));
        Assert.Equal((2, 1, 1), (report.Read.Rows, report.Stored.Rows, report.Quarantined.Rows));
        Assert.Equal("0.59 USD", Assert.Single(await ingest.Records()).ReportingAmount.ToString());

        Assert.Empty(await ingest.Pipeline(Rates(Late)).ReleaseAsync(Cancellation));
        Assert.Single(await ingest.Pipeline(Rates(Late + ", JPY=0.007")).ReleaseAsync(Cancellation));
        Assert.Equal(2, (await ingest.Records()).Count);
        Assert.Equal(2, (await ingest.Quarantine(resolved: true)).Count(row => !row.IsOpen));
    }

    [Fact]
    public async Task Rows_that_cannot_be_released_do_not_fail_the_ingestion_that_has_the_rate()
    {
        Ingest ingest = new();
        await ingest.Pipeline(billing =>
        {
            Rates(Early)(billing);
            billing.AddCategoryRules(CategoryRules.Create(CategoryRule.Require("positive", record => record.Amount.Amount > 0)));
        }).IngestAsync(BillingSource.Text("june.csv", "date,company,amount,currency\n2025-06-01,A,10.00,MXN\n"), Cancellation);
        IngestReport report = await ingest.Pipeline(Rates(Late)).IngestAsync(BillingSource.Text("july.csv", "date,company,amount,currency\n2025-07-01,A,10.00,USD\n"), Cancellation);
        Assert.Equal((RunStatus.Completed, 1), (report.Status, report.Stored.Rows));
        Assert.Single(await ingest.Quarantine());
        await Assert.ThrowsAsync<BillingConfigurationException>(() => ingest.Pipeline(Rates(Late)).ReleaseAsync(Cancellation));

        // With rules it is released by the next one.
        await ingest.Pipeline(billing =>
        {
            Rates(Late)(billing);
            billing.AddCategoryRules(CategoryRules.Create(CategoryRule.Require("positive", record => record.Amount.Amount > 0)));
        }).IngestAsync(BillingSource.Text("august.csv", "date,company,amount,currency\n2025-08-01,A,10.00,USD\n"), Cancellation);
        Assert.Empty(await ingest.Quarantine());
        Assert.Equal(3, (await ingest.Records()).Count);
    }

    [Fact]
    public async Task Revised_rates_make_a_numbered_restatement_with_each_difference_and_are_taken_back_exactly()
    {
        Ingest ingest = new(Rates(Late));
        IngestReport run = await ingest.Text("date,company,amount,currency\n2025-06-01,A,10.00,MXN\n2025-06-02,B,3.33,CAD\n2025-06-03,C,7.00,USD\n2025-06-04,D,-100.00,CHF\n");
        string before = Amounts(await ingest.Records());
        RateRestatement restatement = new(ingest.Ledger, FixedRates.Parse("MXN=0.06, CAD=0.75, CHF=1.115")) { Reason = "revised by the bank" };
        RecordChange[] preview = await restatement.PreviewAsync(cancellationToken: Cancellation).ToArrayAsync(Cancellation);
        Assert.Equal(before, Amounts(await ingest.Records()));

        LedgerEntry entry = await restatement.RunAsync(cancellationToken: Cancellation);
        Assert.Equal((LedgerEntryKind.Restatement, 1, 2, "0.51"), (entry.Kind, entry.Number, entry.Changed, entry.Difference["USD"].ToString()));
        RecordChange[] changes = await ingest.Ledger.GetChangesAsync(entry.Id, Cancellation).ToArrayAsync(Cancellation);
        Assert.Equal(preview.Select(change => (change.Key, change.To!.ReportingAmount)).OrderBy(change => change.Key), changes.Select(change => (change.Key, change.To!.ReportingAmount)).OrderBy(change => change.Key));
        Assert.Equal(["-111.50 USD", "0.60 USD", "2.50 USD", "7.00 USD"], (await ingest.Records()).Select(record => record.ReportingAmount.ToString()).Order(StringComparer.Ordinal));
        Assert.Equal(before, Amounts(await (await ingest.Ledger.AsOfAsync(run.RunId, Cancellation)).QueryAllAsync(new RecordQuery(), Cancellation).ToArrayAsync(Cancellation)));
        Assert.Empty(await new StoreVerification(ingest.Ledger).FindFaultsAsync(Cancellation).ToArrayAsync(Cancellation));

        LedgerEntry second = await new RateRestatement(ingest.Ledger, FixedRates.Parse("MXN=0.07, CAD=0.75, CHF=1.115")).RunAsync(cancellationToken: Cancellation);
        Assert.Equal((2, 1, "0.1"), (second.Number, second.Changed, second.Difference["USD"].ToString()));
        BillingException e = await Assert.ThrowsAsync<BillingException>(() => new LedgerReversal(ingest.Ledger).RunAsync(entry.Id, Cancellation));
        Assert.Contains("came after entry", e.Message, StringComparison.Ordinal);
        await new LedgerReversal(ingest.Ledger).RunAsync(second.Id, Cancellation);
        await new LedgerReversal(ingest.Ledger).RunAsync(entry.Id, Cancellation);
        Assert.Equal(before, Amounts(await ingest.Records()));
        Assert.Empty(await new StoreVerification(ingest.Ledger).FindFaultsAsync(Cancellation).ToArrayAsync(Cancellation));
    }

    [Fact]
    public async Task Without_a_revised_rate_for_each_record_nothing_is_restated()
    {
        Ingest ingest = new(Rates(Late));
        await ingest.Text("date,company,amount,currency\n2025-06-01,A,10.00,MXN\n2025-06-02,B,3.33,CAD\n");
        string before = Amounts(await ingest.Records());
        BillingException e = await Assert.ThrowsAsync<BillingException>(() => new RateRestatement(ingest.Ledger, FixedRates.Parse("CAD=0.8")).RunAsync(cancellationToken: Cancellation));
        Assert.Contains("MXN on 2025-06-01 (june.csv:2)", e.Message, StringComparison.Ordinal);
        Assert.Equal(before, Amounts(await ingest.Records()));
        Assert.Empty(await ingest.Ledger.GetEntriesAsync(Cancellation).ToArrayAsync(Cancellation));

        LedgerEntry entry = await new RateRestatement(ingest.Ledger, FixedRates.Parse("CAD=0.8")).RunAsync(new RecordQuery { Currency = "CAD" }, Cancellation);
        Assert.Equal((1, "0.16"), (entry.Changed, entry.Difference["USD"].ToString()));
    }

    [Fact]
    public async Task A_restatement_is_taken_back_also_where_a_run_of_its_records_was()
    {
        Ingest ingest = new(Rates(Late));
        IngestReport may = await ingest.Text("date,company,amount,currency\n2025-05-01,A,10.00,MXN\n", "may.csv");
        await ingest.Text("date,company,amount,currency\n2025-06-01,B,10.00,MXN\n");
        LedgerEntry restated = await new RateRestatement(ingest.Ledger, FixedRates.Parse("MXN=0.06")).RunAsync(cancellationToken: Cancellation);
        await ingest.Pipeline().RevertAsync(may.RunId, "test", Cancellation);
        Assert.Equal("0.60 USD", Assert.Single(await ingest.Records()).ReportingAmount.ToString());

        await new LedgerReversal(ingest.Ledger).RunAsync(restated.Id, Cancellation);
        Assert.Equal("0.59 USD", Assert.Single(await ingest.Records()).ReportingAmount.ToString());
        Assert.Empty(await Sealed.FaultsAsync(ingest.Ledger, await Sealed.HeadAsync(ingest.Ledger)));

        // The run is still taken back.
        IngestReport again = await ingest.Text("date,company,amount,currency\n2025-05-01,A,10.00,MXN\n", "may.csv");
        Assert.Equal(1, again.Stored.Rows);
    }

    [Fact]
    public async Task The_runs_that_a_late_rate_releases_are_told_to_who_asked_for_the_ends_of_runs()
    {
        Ingest ingest = new();
        IngestReport waiting = await ingest.Pipeline(Rates(Early)).IngestAsync(BillingSource.Text("may.csv", "date,company,amount,currency\n2025-05-01,A,10.00,MXN\n"), Cancellation);
        List<IngestReport> told = [];
        IngestReport june = await ingest.Pipeline(Rates(Late)).IngestAsync(BillingSource.Text("june.csv", "date,company,amount,currency\n2025-06-01,A,10.00,USD\n"), new IngestOptions { RunEnded = told.Add }, Cancellation);
        Assert.Equal([june.RunId, waiting.RunId], told.Select(run => run.ReplayOf ?? run.RunId));
        Assert.Equal(1, told[1].Stored.Rows);
    }

    [Fact]
    public async Task A_restatement_that_was_interrupted_goes_on_under_its_number()
    {
        Ingest ingest = new(Rates(Late));
        await ingest.Text("date,company,amount,currency\n" + string.Concat(Enumerable.Range(0, 1_200).Select(i => $"2025-06-01,A{i},10.00,MXN\n")));
        RatesThatFail rates = new(at: 1_800);
        await Assert.ThrowsAsync<IOException>(() => new RateRestatement(ingest.Ledger, rates).RunAsync(cancellationToken: Cancellation));
        Assert.InRange((await ingest.Records()).Count(record => record.ReportingAmount.Amount == 0.60m), 1, 1_199);

        LedgerEntry entry = await new RateRestatement(ingest.Ledger, rates).RunAsync(cancellationToken: Cancellation);
        Assert.Equal((1, 1_200, "12"), (entry.Number, entry.Changed, entry.Difference["USD"].ToString()));
        Assert.Single(await ingest.Ledger.GetEntriesAsync(Cancellation).ToArrayAsync(Cancellation));
        Assert.All(await ingest.Records(), record => Assert.Equal(0.60m, record.ReportingAmount.Amount));
    }

    private static Action<BillingBuilder> Rates(string rates) => billing => billing.UseExchangeRates(FixedRates.Parse(rates));

    // Sources share no row: one that equals a record of another source waits for its whole source.
    private static string Source(Random random, int number)
    {
        StringBuilder text = new("date,company,amount,currency\n");
        for (int i = random.Next(2, 12); i > 0; i--)
        {
            text.Append(CultureInfo.InvariantCulture, $"2025-06-0{random.Next(1, 5)},{"AB"[random.Next(2)]}{number},{random.Next(1, 4)}.50,{((string[])["USD", "CAD", "MXN", "CHF"])[random.Next(4)]}\n");
        }

        return text.ToString();
    }

    private static string Amounts(IEnumerable<BillingRecord> records) =>
        string.Join('\n', records.OrderBy(record => record.Key).Select(record => $"{record.Key} {record.Amount} {record.ReportingAmount} {record.ExchangeRate} {record.Category}"));

    private sealed class RatesThatFail(int at) : IExchangeRates
    {
        private int _asked;

        public bool TryGetRate(Currency from, Currency to, DateOnly date, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out ExchangeRate? rate)
        {
            rate = ++_asked == at ? throw new IOException("the service is down") : new ExchangeRate(from, to, 0.06m, date, "script");
            return true;
        }
    }
}
