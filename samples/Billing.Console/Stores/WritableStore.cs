using Billing.Console.Arguments;

namespace Billing.Console.Stores;

/// <summary>An existing store that a command changes.</summary>
internal static class WritableStore
{
    // A ledger alone: nothing is converted or categorised.
    private static readonly PipelineArguments s_settings = new() { ReportingCurrency = Currency.Usd.Code, StatesCurrency = false };

    /// <summary>Opens it for writing; never creates one.</summary>
    /// <exception cref="UsageException">Nothing is there.</exception>
    public static async Task<PipelineScope> OpenAsync(IStore store, Terminal terminal, CancellationToken cancellationToken)
    {
        if (await OpenStore.TryOpenAsync(store, cancellationToken) is not { } open)
        {
            throw new UsageException($"There is no store at {store.Address}. Ingest into it first, or name another store.");
        }

        await open.DisposeAsync();
        return PipelineScope.To(store, s_settings, terminal);
    }
}
