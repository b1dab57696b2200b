using Microsoft.Extensions.DependencyInjection;

namespace Billing.Core.Tests.Runs;

/// <summary>A ledger in memory that a test bends in one place.</summary>
internal sealed class HookedSink : IBillingStore
{
    public MemorySink Inner { get; } = new();

    public string Name { get; init; } = "hooked";

    /// <summary>How many pages of records were asked for.</summary>
    public int Queries { get; private set; }

    /// <summary>The pages that were asked for.</summary>
    public List<PageRequest> Pages { get; } = [];

    /// <summary>Called before a run is kept.</summary>
    public Action<IngestReport>? OnRun { get; init; }

    /// <summary>Whether a record is lost although it is said to be stored.</summary>
    public Func<BillingRecord, bool>? Loses { get; init; }

    /// <summary>Called before anything is read.</summary>
    public Action? OnRead { get; init; }

    /// <summary>Called after a batch was stored.</summary>
    public Action? AfterWrite { get; init; }

    /// <summary>A pipeline over some sinks that writes one row at a time.</summary>
    public static BillingPipeline Pipeline(string rates, params IBillingSink[] sinks) => new ServiceCollection()
        .AddBilling(billing =>
        {
            billing.UseBatchSize(1).UseExchangeRates(FixedRates.Parse(rates));
            Array.ForEach(sinks, sink => billing.AddSink(sink));
        })
        .BuildServiceProvider()
        .GetRequiredService<BillingPipeline>();

    public async ValueTask<IReadOnlyList<WriteOutcome>> WriteAsync(IReadOnlyList<BillingRecord> records, CancellationToken cancellationToken)
    {
        List<WriteOutcome> outcomes = [];
        foreach (BillingRecord record in records)
        {
            outcomes.Add(Loses?.Invoke(record) is true ? WriteOutcome.Stored : (await Inner.WriteAsync([record], cancellationToken))[0]);
        }

        AfterWrite?.Invoke();
        return outcomes;
    }

    public ValueTask WriteQuarantineAsync(IReadOnlyList<QuarantinedRecord> records, CancellationToken cancellationToken) => Inner.WriteQuarantineAsync(records, cancellationToken);

    public ValueTask WriteRunAsync(IngestReport run, CancellationToken cancellationToken)
    {
        OnRun?.Invoke(run);
        return Inner.WriteRunAsync(run, cancellationToken);
    }

    public ValueTask<RunTotals?> TotalsOfRunAsync(IngestReport run, CancellationToken cancellationToken) => Inner.TotalsOfRunAsync(run, cancellationToken);

    public ValueTask<BillingRecord?> FindAsync(RecordKey key, CancellationToken cancellationToken) => Read().FindAsync(key, cancellationToken);

    public ValueTask<Page<BillingRecord>> QueryAsync(RecordQuery query, CancellationToken cancellationToken)
    {
        Queries++;
        Pages.Add(query);
        return Read().QueryAsync(query, cancellationToken);
    }

    public ValueTask<IReadOnlyList<SummaryRow>> SummarizeAsync(SummaryBy by, RecordQuery query, CancellationToken cancellationToken) => Read().SummarizeAsync(by, query, cancellationToken);

    public ValueTask<IngestReport?> FindRunAsync(string runId, CancellationToken cancellationToken) => Read().FindRunAsync(runId, cancellationToken);

    public ValueTask<Page<IngestReport>> GetRunsAsync(PageRequest page, CancellationToken cancellationToken)
    {
        Pages.Add(page);
        return Read().GetRunsAsync(page, cancellationToken);
    }

    public ValueTask<Page<QuarantinedRecord>> GetQuarantineAsync(QuarantineQuery query, CancellationToken cancellationToken)
    {
        Pages.Add(query);
        return Read().GetQuarantineAsync(query, cancellationToken);
    }

    public ValueTask ResolveQuarantineAsync(IReadOnlyList<RecordKey> keys, string resolution, CancellationToken cancellationToken) => Inner.ResolveQuarantineAsync(keys, resolution, cancellationToken);

    private MemorySink Read()
    {
        OnRead?.Invoke();
        return Inner;
    }
}
