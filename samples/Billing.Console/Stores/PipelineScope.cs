using Billing.Console.Arguments;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Console.Stores;

/// <summary>A pipeline as an application wires it, disposed with its sinks.</summary>
internal sealed class PipelineScope : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly OpenStore? _existing;

    private PipelineScope(Terminal terminal, PipelineArguments settings, Action<BillingBuilder> addLedger, OpenStore? existing, bool isDryRun)
    {
        _existing = existing;
        _services = new ServiceCollection()
            .AddSingleton(terminal.TimeProvider)
            .AddBilling(billing =>
            {
                settings.Apply(billing);
                addLedger(billing);
            })
            .BuildServiceProvider();
        BillingPipeline pipeline = _services.GetRequiredService<BillingPipeline>();
        Pipeline = isDryRun ? pipeline.AsDryRun() : pipeline;
    }

    public BillingPipeline Pipeline { get; }

    /// <summary>What was there before, of a pipeline that writes nothing; null where nothing was.</summary>
    public IBillingStore? Existing => _existing?.Store;

    /// <summary>A pipeline that writes to a store.</summary>
    public static PipelineScope To(IStore store, PipelineArguments settings, Terminal terminal) => new(terminal, settings, store.AddTo, null, isDryRun: false);

    /// <summary>A pipeline that writes nothing and tells what it would do to a store, which need not be there.</summary>
    public static async Task<PipelineScope> DryRunAsync(IStore store, PipelineArguments settings, Terminal terminal, CancellationToken cancellationToken)
    {
        OpenStore? existing = store.Exists ? await OpenStore.TryOpenAsync(store, cancellationToken) : null;
        return new PipelineScope(terminal, settings, billing => billing.AddSink(existing?.Store as IBillingSink ?? new MemorySink()), existing, isDryRun: true);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        if (_existing is not null)
        {
            await _existing.DisposeAsync();
        }
    }
}
