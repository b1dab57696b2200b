using Billing.Core.Tests.Runs;

namespace Billing.Core.Tests.Amendments;

/// <summary>A migration gives records other keys. Seals hold through it; what goes by the old keys is refused, never guessed.</summary>
public sealed class MigrationTests
{
    private const string June = "date,company,amount,currency,status\n2025-06-08,A,-1.00,EUR,posted\n2025-06-09,B,x,EUR,posted\n";
    private const string July = "date,company,amount,currency,status\n2025-07-08,A,-1.00,EUR,posted\n2025-07-09,B,-2.00,EUR,posted\n";

    private static readonly StoreMigrationOptions s_ignoring = new() { Ignore = ["status"] };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_migrated_ledger_is_proved_from_a_new_head_and_no_more_from_an_old_one()
    {
        Ingest ingest = await TwoRunsAsync();
        LedgerHead before = await Sealed.HeadAsync(ingest.Ledger);
        Assert.Equal(3, (await new StoreMigration(ingest.Ledger, s_ignoring).RunAsync(Cancellation)).Changed);

        LedgerHead after = await Sealed.HeadAsync(ingest.Ledger);
        Assert.Equal(before.Number, after.Number);
        Assert.Empty(await Sealed.FaultsAsync(ingest.Ledger, after));
        Assert.NotEmpty(await Sealed.FaultsAsync(ingest.Ledger, before));

        // The next run goes on from the renewed chain.
        await ingest.Text(July.Replace(",A,", ",C,", StringComparison.Ordinal), "august.csv", new IngestOptions { Layout = new SourceLayout { Ignore = ["status"] } });
        Assert.Empty(await Sealed.FaultsAsync(ingest.Ledger, after));
    }

    [Fact]
    public async Task A_pipeline_that_sealed_before_a_migration_goes_on_from_the_renewed_chain()
    {
        Ingest ingest = new(billing => billing.UseReportingCurrency("EUR"));
        BillingPipeline pipeline = ingest.Pipeline();
        await pipeline.IngestAsync(BillingSource.Text("june.csv", June), Cancellation);
        await new StoreMigration(ingest.Ledger, s_ignoring).RunAsync(Cancellation);
        LedgerHead head = await Sealed.HeadAsync(ingest.Ledger);

        await pipeline.IngestAsync(BillingSource.Text("july.csv", July), new IngestOptions { Layout = new SourceLayout { Ignore = ["status"] } }, Cancellation);
        Assert.Equal(head.Number + 1, (await Sealed.HeadAsync(ingest.Ledger)).Number);
        Assert.Empty(await Sealed.FaultsAsync(ingest.Ledger, head));
    }

    [Fact]
    public async Task A_run_from_before_a_migration_cannot_be_taken_back_and_one_from_after_it_can()
    {
        Ingest ingest = await TwoRunsAsync();
        string before = (await ingest.Ledger.GetAllRunsAsync(Cancellation).ToArrayAsync(Cancellation))[0].RunId;
        await new StoreMigration(ingest.Ledger, s_ignoring).RunAsync(Cancellation);
        string keys = await ingest.Keys();

        BillingException refusal = await Assert.ThrowsAsync<BillingException>(() => ingest.Pipeline().RevertAsync(before, "test", Cancellation));
        Assert.Contains("was migrated since run", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("billing remove", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(keys, await ingest.Keys());

        IngestReport later = await ingest.Text(July.Replace(",A,", ",C,", StringComparison.Ordinal), "august.csv", new IngestOptions { Layout = new SourceLayout { Ignore = ["status"] } });
        Assert.Equal(1, later.Stored.Rows);
        await ingest.Pipeline().RevertAsync(later.RunId, "test", Cancellation);
        Assert.Equal(keys, await ingest.Keys());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_store_that_keeps_what_entries_changed_is_not_migrated(bool isDryRun)
    {
        Ingest ingest = await TwoRunsAsync();
        await new LedgerRemoval(ingest.Ledger, "test").RunAsync([(await ingest.Records())[0].Key], Cancellation);
        string keys = await ingest.Keys();

        BillingException refusal = await Assert.ThrowsAsync<BillingException>(() => new StoreMigration(ingest.Ledger, new StoreMigrationOptions { Ignore = ["status"], IsDryRun = isDryRun }).RunAsync(Cancellation));
        Assert.Contains("Ingest the sources into a new store", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(keys, await ingest.Keys());
        Assert.Empty(await Sealed.FaultsAsync(ingest.Ledger, await Sealed.HeadAsync(ingest.Ledger)));
    }

    private static async Task<Ingest> TwoRunsAsync()
    {
        Ingest ingest = new(billing => billing.UseReportingCurrency("EUR"));
        await ingest.Text(June);
        await ingest.Text(July, "july.csv");
        Assert.Equal(3, (await ingest.Records()).Count);
        return ingest;
    }
}
