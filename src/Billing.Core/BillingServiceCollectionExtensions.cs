using Billing;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds Billing to an application's services.</summary>
public static class BillingServiceCollectionExtensions
{
    /// <summary>Adds the default pipeline: <see cref="BillingPipeline"/>, and <see cref="IBillingStore"/> when the ledger can be read.</summary>
    /// <exception cref="BillingConfigurationException">The wiring is wrong or incomplete; checked here, not at the first run.</exception>
    public static IServiceCollection AddBilling(this IServiceCollection services, Action<BillingBuilder> configure) => throw new NotImplementedException();

    /// <summary>Adds a pipeline under a name, as keyed services: <c>GetRequiredKeyedService&lt;BillingPipeline&gt;(name)</c>.</summary>
    /// <exception cref="BillingConfigurationException">As for the default pipeline, or the name is taken.</exception>
    public static IServiceCollection AddBilling(this IServiceCollection services, string name, Action<BillingBuilder> configure) => throw new NotImplementedException();
}
