using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Billing.Hosting.Health;

/// <summary>Checks whether the stores of a pipeline are ready for a run.</summary>
internal sealed class StoresHealthCheck(BillingPipeline pipeline) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<StoreCheck> stores = await pipeline.CheckStoresAsync(cancellationToken).ConfigureAwait(false);
        Dictionary<string, object> data = new(StringComparer.Ordinal);
        foreach (StoreCheck store in stores)
        {
            data[store.Store] = store.Failure is { } failure ? failure.GetType().Name : "ok";
        }

        StoreCheck[] failed = [.. stores.Where(store => store.Failure is not null)];
        return failed.Length == 0
            ? HealthCheckResult.Healthy(stores.Count == 0 ? $"The ledger {pipeline.Ledger.Name} cannot be read, so it was not checked." : null, data)
            : new HealthCheckResult(context.Registration.FailureStatus, string.Join(' ', failed.Select(store => $"{store.Store}: {store.Failure!.Message}")), failed[0].Failure, data);
    }
}
