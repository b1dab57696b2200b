using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Billing.Core.Tests.Runs;

/// <summary>One ledger in memory and the shortest way to ingest into it.</summary>
internal sealed class Ingest
{
    private readonly Action<BillingBuilder> _configure;

    public Ingest(Action<BillingBuilder>? configure = null) => _configure = configure ?? (_ => { });

    public MemorySink Ledger { get; } = new();

    public BillingPipeline Pipeline(Action<BillingBuilder>? more = null) => Pipeline(null, more);

    public BillingPipeline Pipeline(ILogger<BillingPipeline>? logger, Action<BillingBuilder>? more = null)
    {
        ServiceCollection services = new();
        if (logger is not null)
        {
            services.AddSingleton(logger);
        }

        services.AddBilling(billing =>
        {
            billing.AddSink(Ledger);
            _configure(billing);
            more?.Invoke(billing);
        });
        return services.BuildServiceProvider().GetRequiredService<BillingPipeline>();
    }

    public Task<IngestReport> Text(string text, string name = "june.csv", IngestOptions? options = null) =>
        Pipeline().IngestAsync(BillingSource.Text(name, text), options ?? new IngestOptions(), TestContext.Current.CancellationToken);

    public Task<IngestReport> Bytes(byte[] bytes, string name = "june.csv", IngestOptions? options = null) =>
        Pipeline().IngestAsync(BillingSource.Bytes(name, bytes), options ?? new IngestOptions(), TestContext.Current.CancellationToken);

    public async Task<IReadOnlyList<BillingRecord>> Records() =>
        (await Ledger.QueryAsync(new RecordQuery { PageSize = 10_000 }, TestContext.Current.CancellationToken)).Items;

    public async Task<IReadOnlyList<QuarantinedRecord>> Quarantine(bool resolved = false) =>
        (await Ledger.GetQuarantineAsync(new QuarantineQuery { PageSize = 10_000, IncludeResolved = resolved }, TestContext.Current.CancellationToken)).Items;

    /// <summary>The keys in the ledger, ordered: what makes two ledgers the same.</summary>
    public async Task<string> Keys() => string.Join('\n', (await Records()).Select(record => record.Key.ToString()).Order(StringComparer.Ordinal));
}
