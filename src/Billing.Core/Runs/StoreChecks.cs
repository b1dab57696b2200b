using Billing.Stores;

namespace Billing.Runs;

/// <summary>Asks the stores of a pipeline what a run would demand of them.</summary>
internal static class StoreChecks
{
    private static readonly PageRequest s_newest = new() { PageSize = 1 };

    /// <returns>One answer per store, the ledger's first. A sink that cannot be read is not asked.</returns>
    public static async Task<IReadOnlyList<StoreCheck>> RunAsync(PipelineSettings settings, CancellationToken cancellationToken)
    {
        List<StoreCheck> checks = [];
        foreach (IBillingSink sink in settings.Sinks)
        {
            if (sink is IBillingStore store)
            {
                checks.Add(new StoreCheck(sink.Name, sink == settings.Sinks[0], await FailureAsync(store, settings.ReportingCurrency, cancellationToken).ConfigureAwait(false)));
            }
        }

        return checks;
    }

    private static async Task<Exception?> FailureAsync(IBillingStore store, Currency currency, CancellationToken cancellationToken)
    {
        try
        {
            // Terms take a store without tables for one that the run creates.
            _ = await store.GetRunsAsync(s_newest, cancellationToken).ConfigureAwait(false);

            // Not those of the pipeline, which remember what was right once.
            await new LedgerTerms().CheckAsync([store], currency, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // Whatever a store throws is the answer.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            return failure;
        }
    }
}
