using Microsoft.Extensions.DependencyInjection;

namespace Billing.Sinks.Conformance;

/// <summary>Tests of runs whose sender states totals, into a store: a contradicted run leaves nothing but its report, and every store keeps what was proved.</summary>
public abstract class ProofSuite<TStore> : StoreSuite<TStore>
    where TStore : IStoreUnderTest, new()
{
    private const string June = "date,company,amount,currency\n2025-06-01,Acme,10.00,USD\n2025-06-02,Acme,-3.50,USD\nnonsense,Acme,1,USD\n";

    [Fact]
    public async Task A_contradicted_run_stores_no_record_and_no_quarantine_and_is_kept_as_failed_with_its_figures()
    {
        IngestFailedException e = await Assert.ThrowsAsync<IngestFailedException>(() => IngestAsync(Store, June, "rows=3,total:USD=7.49"));
        Assert.Empty(await ReadAllAsync(new RecordQuery()));
        Assert.Empty(await ReadQuarantineAsync(new QuarantineQuery { IncludeResolved = true }));

        IngestReport kept = (await UnderTest.Connect().FindRunAsync(e.Report.RunId, Cancellation))!;
        Same.Report(e.Report, kept);
        Assert.Equal((RunStatus.Failed, ProofOutcome.Contradicted, 3, 0), (kept.Status, kept.Proof.Outcome, kept.NotStored.Rows, kept.Stored.Rows));
        Assert.Equal("-0.01", (ExactSum.Zero - kept.Proof.Figures[1].Difference).ToString());
        Assert.Contains("total USD: stated 7.49, found 7.5, difference 0.01 (caller)", kept.Error, StringComparison.Ordinal);
        Assert.Equal(e.Report.RunId, Assert.Single((await Store.GetRunsAsync(new PageRequest(), Cancellation)).Items).RunId);
    }

    [Fact]
    public async Task After_a_contradicted_run_the_right_statement_stores_everything_once()
    {
        await Assert.ThrowsAsync<IngestFailedException>(() => IngestAsync(Store, June, "rows=2"));
        IngestReport proved = await IngestAsync(UnderTest.Connect(), June, "rows=3,opening=-100.25,closing=-92.75");
        Assert.Equal((ProofOutcome.Proved, 2, 1), (proved.Proof.Outcome, proved.Stored.Rows, proved.Quarantined.Rows));
        Same.Report(proved, (await UnderTest.Connect().FindRunAsync(proved.RunId, Cancellation))!);

        // All its rows are stored already, and they come out all the same.
        IngestReport again = await IngestAsync(UnderTest.Connect(), June, "rows=3,total=7.5");
        Assert.Equal((ProofOutcome.Proved, 2), (again.Proof.Outcome, again.Duplicate.Rows));
        Assert.Equal(2, (await ReadAllAsync(new RecordQuery())).Count);
        await Assert.ThrowsAsync<IngestFailedException>(() => IngestAsync(UnderTest.Connect(), June, "total=7.4"));
    }

    [Fact]
    public async Task A_statement_that_is_missing_is_named_by_the_next_one_after_the_store_was_opened_again_and_the_chain_closes_when_it_comes()
    {
        await IngestAsync(Store, Month(4), "opening:USD=30,closing:USD=40", "april.csv", "DE12");
        await IngestAsync(Store, Month(5), "opening:USD=7,closing:USD=17", "other.csv", "another account");
        IngestReport june = await IngestAsync(UnderTest.Connect(), Month(6), "opening:USD=50,closing:USD=60", "june.csv", "DE12");
        Assert.StartsWith("between april.csv (to 2025-04-28, closing 40) and june.csv (from 2025-06-02, opening 50) a statement is missing that comes to 10 USD, of DE12", Assert.Single(june.Warnings), StringComparison.Ordinal);
        Same.Report(june, (await UnderTest.Connect().FindRunAsync(june.RunId, Cancellation))!);
        StatementGap gap = Assert.Single(await UnderTest.Connect().GetStatementGapsAsync(Cancellation).ToArrayAsync(Cancellation));
        Assert.Equal(("april.csv", "june.csv", june.RunId, "10"), (gap.Before, gap.After, gap.AfterRunId, gap.Missing.ToString()));

        Assert.Empty((await IngestAsync(UnderTest.Connect(), Month(5), "opening:USD=40,closing:USD=50", "may.csv", "DE12")).Warnings);
        Assert.Empty(await UnderTest.Connect().GetStatementGapsAsync(Cancellation).ToArrayAsync(Cancellation));
    }

    private static string Month(int month) => $"date,company,amount,currency\n2025-{month:D2}-02,A{month},4,USD\n2025-{month:D2}-28,B{month},6,USD\n";

    private static async Task<IngestReport> IngestAsync(IBillingStore store, string text, string stated, string name = "june.csv", string? scope = null)
    {
        await using ServiceProvider services = new ServiceCollection().AddBilling(billing => billing.AddSink(store)).BuildServiceProvider();
        return await services.GetRequiredService<BillingPipeline>().IngestAsync(BillingSource.Text(name, text), new IngestOptions { Scope = scope, Expect = StatedTotals.Parse(stated) }, Cancellation);
    }
}
