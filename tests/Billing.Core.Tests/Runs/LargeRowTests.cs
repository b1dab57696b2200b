using System.Text;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Core.Tests.Runs;

/// <summary>What a run holds in memory follows the bytes of rows, not their number.</summary>
[Trait("Culture", "independent")]
public sealed class LargeRowTests
{
    private const int Rows = 300;
    private const int Size = 200_000;
    private const long MostBytes = (4 << 20) + (2 * Size);

    [Theory]
    [InlineData("june.csv")]
    [InlineData("june.jsonl")]
    public async Task Batches_of_an_ingestion_are_cut_by_bytes(string name)
    {
        Largest ledger = new();
        IngestReport report = await Pipeline("CAD=1", ledger).IngestAsync(BillingSource.Bytes(name, Source(name, "USD")), Cancellation);
        Assert.Equal(Rows, report.Stored.Rows);
        Assert.InRange(ledger.MostRecords, 1, MostBytes);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    public async Task The_bytes_that_cut_a_batch_are_an_option(int mebibytes)
    {
        Largest ledger = new();
        BillingPipeline pipeline = Pipeline("CAD=1", ledger, billing => billing.UseBatchMemory(mebibytes));
        IngestReport report = await pipeline.IngestAsync(BillingSource.Bytes("june.csv", Source("june.csv", "USD")), Cancellation);
        Assert.Equal(Rows, report.Stored.Rows);
        Assert.InRange(ledger.MostRecords, (mebibytes << 20) - (2 * Size), (mebibytes << 20) + (2 * Size));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(257)]
    public void A_batch_memory_that_is_out_of_range_is_refused(int mebibytes) =>
        Assert.Equal($"The batch memory is {mebibytes} MiB. Use 1 to 256.", Assert.Throws<BillingConfigurationException>(() => Pipeline("CAD=1", new Largest(), billing => billing.UseBatchMemory(mebibytes))).Message);

    [Fact]
    public async Task Batches_of_a_replay_and_the_quarantine_are_cut_by_bytes()
    {
        Largest ledger = new();
        BillingPipeline without = Pipeline("MXN=1", ledger);
        Assert.Equal(Rows, (await without.IngestAsync(BillingSource.Bytes("june.jsonl", Source("june.jsonl", "CAD")), Cancellation)).Quarantined.Rows);
        IngestReport replay = Assert.Single(await Pipeline("CAD=1", ledger).ReplayAsync(new QuarantineQuery(), new IngestOptions(), Cancellation));
        Assert.Equal(Rows, replay.Stored.Rows);
        Assert.InRange(ledger.MostRecords, 1, MostBytes);
        Assert.InRange(ledger.MostQuarantine, 1, MostBytes);
        Assert.InRange(ledger.MostPage, 1, MostBytes);
    }

    [Fact]
    public async Task Comparisons_and_verifications_read_pages_by_bytes()
    {
        Largest ledger = new();
        await Pipeline("CAD=1", ledger).IngestAsync(BillingSource.Bytes("june.jsonl", Source("june.jsonl", "USD")), Cancellation);
        Assert.Empty(await new StoreComparison(ledger, ledger).FindDifferencesAsync(Cancellation).ToListAsync(Cancellation));
        Assert.Empty(await new StoreVerification(ledger).FindFaultsAsync(Cancellation).ToListAsync(Cancellation));

        // Texts are two bytes a character in memory.
        Assert.InRange(ledger.MostPage, 1, MostBytes);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static BillingPipeline Pipeline(string rates, IBillingSink ledger, Action<BillingBuilder>? configure = null) => new ServiceCollection()
        .AddBilling(billing =>
        {
            billing.UseExchangeRates(FixedRates.Parse(rates)).AddSink(ledger);
            configure?.Invoke(billing);
        })
        .BuildServiceProvider()
        .GetRequiredService<BillingPipeline>();

    private static byte[] Source(string name, string currency)
    {
        bool json = name.EndsWith("jsonl", StringComparison.Ordinal);
        StringBuilder text = new(json ? "" : "date,amount,currency,note\n");
        for (int i = 0; i < Rows; i++)
        {
            string note = i + new string('x', Size);
            text.Append(json ? $$"""{"date":"2025-06-01","amount":1,"currency":"{{currency}}","note":"{{note}}"}""" : $"2025-06-01,1,{currency},{note}").Append('\n');
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>Notes the bytes of the largest batch and page.</summary>
    private sealed class Largest : IBillingStore
    {
        private readonly MemorySink _inner = new();

        public string Name => "largest";

        public long MostRecords { get; private set; }

        public long MostQuarantine { get; private set; }

        public long MostPage { get; private set; }

        public ValueTask<IReadOnlyList<WriteOutcome>> WriteAsync(IReadOnlyList<BillingRecord> records, CancellationToken cancellationToken)
        {
            MostRecords = Math.Max(MostRecords, records.Sum(Chars));
            return _inner.WriteAsync(records, cancellationToken);
        }

        public ValueTask WriteQuarantineAsync(IReadOnlyList<QuarantinedRecord> records, CancellationToken cancellationToken)
        {
            MostQuarantine = Math.Max(MostQuarantine, records.Sum(record => (long)record.Raw.Length));
            return _inner.WriteQuarantineAsync(records, cancellationToken);
        }

        public ValueTask WriteRunAsync(IngestReport run, CancellationToken cancellationToken) => _inner.WriteRunAsync(run, cancellationToken);

        public ValueTask<BillingRecord?> FindAsync(RecordKey key, CancellationToken cancellationToken) => _inner.FindAsync(key, cancellationToken);

        public async ValueTask<Page<BillingRecord>> QueryAsync(RecordQuery query, CancellationToken cancellationToken)
        {
            Page<BillingRecord> page = await _inner.QueryAsync(query, cancellationToken);
            MostPage = Math.Max(MostPage, 2 * page.Items.Sum(Chars));
            return page;
        }

        public ValueTask<IReadOnlyList<SummaryRow>> SummarizeAsync(SummaryBy by, RecordQuery query, CancellationToken cancellationToken) => _inner.SummarizeAsync(by, query, cancellationToken);

        public ValueTask<IngestReport?> FindRunAsync(string runId, CancellationToken cancellationToken) => _inner.FindRunAsync(runId, cancellationToken);

        public ValueTask<Page<IngestReport>> GetRunsAsync(PageRequest page, CancellationToken cancellationToken) => _inner.GetRunsAsync(page, cancellationToken);

        public async ValueTask<Page<QuarantinedRecord>> GetQuarantineAsync(QuarantineQuery query, CancellationToken cancellationToken)
        {
            Page<QuarantinedRecord> page = await _inner.GetQuarantineAsync(query, cancellationToken);
            MostPage = Math.Max(MostPage, page.Items.Sum(record => (long)record.Raw.Length));
            return page;
        }

        public ValueTask ResolveQuarantineAsync(IReadOnlyList<RecordKey> keys, string resolution, CancellationToken cancellationToken) => _inner.ResolveQuarantineAsync(keys, resolution, cancellationToken);

        private static long Chars(BillingRecord record) => record.Description?.Length ?? 0;
    }
}
