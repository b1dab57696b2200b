using Microsoft.Extensions.DependencyInjection;

namespace Billing.Sinks.Conformance;

/// <summary>Tests of drift in a store that is amendable: a file is compared with what the store knows of earlier ones, and one that is stopped leaves nothing but its report.</summary>
public abstract class DriftSuite<TStore> : StoreSuite<TStore>
    where TStore : IStoreUnderTest, new()
{
    private const string Header = "date,company,amount,currency,colour";

    private IAmendableStore Amendable => Demand<IAmendableStore>(Store, nameof(DriftSuite<>));

    [Fact]
    public async Task A_file_that_is_stopped_leaves_nothing_but_its_report_and_is_stored_whole_when_it_is_accepted()
    {
        IngestReport first = await IngestAsync(Store, 1, Header, DriftPolicy.Stop);
        Assert.StartsWith("there is no earlier run of scope DE12", first.Drift!.NotCompared, StringComparison.Ordinal);
        IngestFailedException stopped = await Assert.ThrowsAsync<IngestFailedException>(() => IngestAsync(UnderTest.Connect(), 2, "date,company,amount,currency,Farbe ✓", DriftPolicy.Stop));
        Assert.Equal(2, (await ReadAllAsync(new RecordQuery())).Count);
        Assert.Single(await ReadQuarantineAsync(new QuarantineQuery { IncludeResolved = true }));
        IngestReport kept = (await UnderTest.Connect().FindRunAsync(stopped.Report.RunId, Cancellation))!;
        Same.Report(stopped.Report, kept);
        Assert.Equal((RunStatus.Failed, 3, 0, true), (kept.Status, kept.NotStored.Rows, kept.Stored.Rows, kept.Drift!.IsStopped));
        Assert.Equal("column renamed: before 'colour', now 'Farbe ✓'", Assert.Single(kept.Drift.Findings).ToString());

        IngestReport accepted = await IngestAsync(UnderTest.Connect(), 2, "date,company,amount,currency,Farbe ✓", DriftPolicy.Accept);
        Assert.Equal((2, 1, first.RunId), (accepted.Stored.Rows, accepted.Quarantined.Rows, Assert.Single(accepted.Drift!.Runs)));
        IngestReport next = await IngestAsync(UnderTest.Connect(), 3, "date,company,amount,currency,Farbe ✓", DriftPolicy.Stop);
        Assert.Equal(accepted.RunId, Assert.Single(next.Drift!.Runs));
        Same.Report(next, (await UnderTest.Connect().FindRunAsync(next.RunId, Cancellation))!);
    }

    [Fact]
    public async Task A_warning_names_what_differs_and_a_run_that_was_taken_back_no_longer_counts()
    {
        await IngestAsync(Store, 1, Header, DriftPolicy.Warn);
        IngestReport other = await IngestAsync(UnderTest.Connect(), 2, Header + ",size", DriftPolicy.Warn, ",7");
        Assert.Contains("drift: column new: before none, now 'size'", other.Warnings);
        await new LedgerReversal(UnderTest.Connect()).RunAsync(other.RunId, Cancellation);
        Assert.Empty((await IngestAsync(UnderTest.Connect(), 3, Header, DriftPolicy.Warn)).Drift!.Findings);
        Assert.Equal(3, (await Amendable.GetDocumentsAsync(new DocumentQuery { Kind = "profiles" }, Cancellation)).Items.Count);
    }

    private static async Task<IngestReport> IngestAsync(IBillingStore store, int month, string header, DriftPolicy policy, string more = "")
    {
        string text = FormattableString.Invariant($"{header}\n2025-{month:D2}-02,A{month},4,USD,red{more}\n2025-{month:D2}-28,B{month},6,USD,blue{more}\nnonsense {month},B,6,USD,blue{more}\n");
        await using ServiceProvider services = new ServiceCollection().AddBilling(billing => billing.AddSink(store)).BuildServiceProvider();
        return await services.GetRequiredService<BillingPipeline>().IngestAsync(BillingSource.Text(FormattableString.Invariant($"{month}.csv"), text), new IngestOptions { Scope = "DE12", Drift = policy }, Cancellation);
    }
}
