using Billing;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Extension methods that add Billing to an application's services.</summary>
public static class BillingServiceCollectionExtensions
{
    /// <summary>Adds the default pipeline: <see cref="BillingPipeline"/>, and <see cref="IBillingStore"/> to read its ledger.</summary>
    /// <exception cref="BillingConfigurationException">The configuration is wrong or incomplete, or there is already a default pipeline. This is checked here, not at the first run.</exception>
    public static IServiceCollection AddBilling(this IServiceCollection services, Action<BillingBuilder> configure)
    {
        BillingBuilder billing = Configure(services, null, configure);
        services.AddSingleton(billing.Build);
        services.TryAddSingleton(provider => Store(provider.GetRequiredService<BillingPipeline>()));
        return services;
    }

    /// <summary>Adds a named pipeline, as keyed services: <c>GetRequiredKeyedService&lt;BillingPipeline&gt;(name)</c>, likewise <see cref="IBillingStore"/>.</summary>
    /// <exception cref="BillingConfigurationException">As for the default pipeline, or the name is taken.</exception>
    public static IServiceCollection AddBilling(this IServiceCollection services, string name, Action<BillingBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(name);
        BillingConfigurationException.ThrowUnless(!string.IsNullOrWhiteSpace(name), nameof(BillingBuilder), nameof(BillingBuilder.Name), name, "a name, or leave it out for the default pipeline");
        BillingBuilder billing = Configure(services, name, configure);
        services.AddKeyedSingleton(name, (provider, _) => billing.Build(provider));
        services.TryAddKeyedSingleton(name, (provider, _) => Store(provider.GetRequiredKeyedService<BillingPipeline>(name)));
        return services;
    }

    private static BillingBuilder Configure(IServiceCollection services, string? name, Action<BillingBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        if (services.Any(service => service.ServiceType == typeof(BillingPipeline) && Equals(service.ServiceKey, name)))
        {
            throw new BillingConfigurationException(name is null
                ? "There is already a default pipeline. Give the other pipelines names: AddBilling(\"name\", ...)."
                : $"There is already a pipeline named '{name}'. Choose another name.");
        }

        BillingBuilder billing = new(name ?? "", services);
        configure(billing);
        billing.Validate();
        return billing;
    }

    private static IBillingStore Store(BillingPipeline pipeline) =>
        pipeline.Ledger as IBillingStore
        ?? throw new BillingConfigurationException($"The ledger {pipeline.Ledger.Name} cannot be read: it is not an IBillingStore. Use another ledger to read it.");
}
