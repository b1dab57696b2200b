using Microsoft.Extensions.DependencyInjection;

namespace Billing.Core.Tests.Runs;

/// <summary>Followers get what the ledger has.</summary>
public sealed class FollowerTests
{
    private const string Text = "date,amount,currency\n2025-06-01,10,CAD\n2025-06-02,20,CAD\n";

    [Fact]
    public async Task A_duplicate_reaches_a_follower_as_the_ledger_stored_it()
    {
        MemorySink ledger = new();
        MemorySink follower = new();
        IngestReport first = await Pipeline("CAD=0.75", "old", ledger).IngestAsync(BillingSource.Text("june.csv", Text), Cancellation);
        IngestReport second = await Pipeline("CAD=0.80", "new", ledger, follower).IngestAsync(BillingSource.Text("july.csv", Text), Cancellation);
        Assert.Equal((2, 0), (second.Duplicate.Rows, second.Stored.Rows));

        IReadOnlyList<BillingRecord> followed = (await follower.QueryAsync(new RecordQuery(), Cancellation)).Items;
        Assert.Equal([7.5m, 15m], followed.Select(record => record.ReportingAmount.Amount));
        Assert.All(followed, record => Assert.Equal((first.RunId, "june.csv", "old"), (record.RunId, record.Source.Name, record.Category)));
        Assert.Empty(await new StoreComparison(ledger, follower).FindDifferencesAsync(Cancellation).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task A_record_that_a_run_at_the_same_time_brings_to_the_follower_first_does_not_fail_the_run_that_stored_it()
    {
        MemorySink follower = new();
        HookedSink? hooked = null;
        HookedSink ledger = hooked = new()
        {
            // The other run meets the records in the ledger, as duplicates, and hands them on.
            AfterWrite = () => follower.WriteAsync([.. hooked!.Inner.QueryAllAsync(new RecordQuery(), Cancellation).ToBlockingEnumerable(Cancellation)], Cancellation).AsTask().GetAwaiter().GetResult(),
        };
        IngestReport report = await Pipeline("CAD=0.75", "x", ledger, follower).IngestAsync(BillingSource.Text("june.csv", Text), Cancellation);
        Assert.Equal((RunStatus.Completed, 2), (report.Status, report.Stored.Rows));
    }

    [Fact]
    public async Task The_subject_of_an_alert_stays_that_of_its_rule()
    {
        TextOnlySubjects ledger = new();
        MemorySink follower = new();
        await Pipeline("CAD=0.75", "old", ledger).IngestAsync(BillingSource.Text("june.csv", Text), Cancellation);
        await Pipeline("CAD=0.75", "old", ledger, follower).IngestAsync(BillingSource.Text("june.csv", Text), Cancellation);
        BillingRecord record = (await follower.QueryAsync(new RecordQuery(), Cancellation)).Items[0];
        Assert.Equal("Look at this", Assert.Single(await follower.GetAlertsAsync(record.Key, Cancellation)).Subject);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static BillingPipeline Pipeline(string rates, string category, params IBillingSink[] sinks) => new ServiceCollection()
        .AddBilling(billing =>
        {
            billing.UseExchangeRates(FixedRates.Parse(rates)).AddCategoryRules(CategoryRules.Create(CategoryRule.When("all", _ => true).WithCategory(category).WithAlert("Look at this")));
            Array.ForEach(sinks, sink => billing.AddSink(sink));
        })
        .BuildServiceProvider()
        .GetRequiredService<BillingPipeline>();

    /// <summary>Gives records back as databases do: without the subjects of their alerts.</summary>
    private sealed class TextOnlySubjects : IBillingStore
    {
        private readonly MemorySink _inner = new();

        public string Name => "text only";

        public ValueTask<IReadOnlyList<WriteOutcome>> WriteAsync(IReadOnlyList<BillingRecord> records, CancellationToken cancellationToken) => _inner.WriteAsync(records, cancellationToken);

        public ValueTask WriteQuarantineAsync(IReadOnlyList<QuarantinedRecord> records, CancellationToken cancellationToken) => _inner.WriteQuarantineAsync(records, cancellationToken);

        public ValueTask WriteRunAsync(IngestReport run, CancellationToken cancellationToken) => _inner.WriteRunAsync(run, cancellationToken);

        public async ValueTask<BillingRecord?> FindAsync(RecordKey key, CancellationToken cancellationToken) =>
            await _inner.FindAsync(key, cancellationToken) is { } record
                ? new BillingRecord
                {
                    Key = record.Key,
                    Fingerprint = record.Fingerprint,
                    Date = record.Date,
                    Amount = record.Amount,
                    ReportingAmount = record.ReportingAmount,
                    Source = record.Source,
                    RunId = record.RunId,
                    Alerts = record.Alerts,
                }
                : null;

        public ValueTask<Page<BillingRecord>> QueryAsync(RecordQuery query, CancellationToken cancellationToken) => _inner.QueryAsync(query, cancellationToken);

        public ValueTask<IReadOnlyList<SummaryRow>> SummarizeAsync(SummaryBy by, RecordQuery query, CancellationToken cancellationToken) => _inner.SummarizeAsync(by, query, cancellationToken);

        public ValueTask<IngestReport?> FindRunAsync(string runId, CancellationToken cancellationToken) => _inner.FindRunAsync(runId, cancellationToken);

        public ValueTask<Page<IngestReport>> GetRunsAsync(PageRequest page, CancellationToken cancellationToken) => _inner.GetRunsAsync(page, cancellationToken);

        public ValueTask<Page<QuarantinedRecord>> GetQuarantineAsync(QuarantineQuery query, CancellationToken cancellationToken) => _inner.GetQuarantineAsync(query, cancellationToken);

        public ValueTask ResolveQuarantineAsync(IReadOnlyList<RecordKey> keys, string resolution, CancellationToken cancellationToken) => _inner.ResolveQuarantineAsync(keys, resolution, cancellationToken);
    }
}
