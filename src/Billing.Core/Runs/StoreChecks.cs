using Billing.Stores;

namespace Billing.Runs;

/// <summary>Checks whether the stores of a pipeline meet what a run requires of them.</summary>
internal static class StoreChecks
{
    private static readonly PageRequest s_newest = new() { PageSize = 1 };

    /// <returns>One result per store, that of the ledger first. A sink that cannot be read is not checked.</returns>
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
            // The terms accept a store without tables, because a run creates them.
            _ = await store.GetRunsAsync(s_newest, cancellationToken).ConfigureAwait(false);

            // Not the terms of the pipeline, which remember earlier answers.
            await new LedgerTerms().CheckAsync([store], currency, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // Any exception of a store is the result.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            return failure;
        }
    }
}
