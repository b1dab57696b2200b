using Billing;
using Billing.Hosting;
using Billing.Hosting.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds pipelines that the settings of an application describe.</summary>
public static class BillingHostingServiceCollectionExtensions
{
    /// <summary>
    /// Adds the default pipeline from a section of the settings (docs/hosting.md), and <see cref="BillingSettings"/> as options. Settings are read now, and not again;
    /// errors in them are reported now, even without a host.
    /// </summary>
    /// <param name="services">The services of the application.</param>
    /// <param name="section">The section, such as <c>configuration.GetSection("Billing")</c>.</param>
    /// <param name="sinks">Adds the kinds of sinks that the section may name.</param>
    /// <param name="more">Wires what the settings do not say; runs after them. Default nothing.</param>
    /// <exception cref="BillingConfigurationException">A setting is unknown or wrong, a file that it names is wrong, or the wiring is wrong, as for <c>AddBilling(billing => ...)</c>.</exception>
    public static IServiceCollection AddBilling(this IServiceCollection services, IConfiguration section, Action<SinkKinds> sinks, Action<BillingBuilder>? more = null)
    {
        PipelineWiring wiring = Wiring(services, section, sinks);
        services.AddBilling(billing => Wire(billing, wiring, more));
        return AddOptions(services, Options.Options.DefaultName, wiring);
    }

    /// <summary>Adds a named pipeline from a section of the settings.</summary>
    /// <param name="services">The services of the application.</param>
    /// <param name="name">The name of the pipeline.</param>
    /// <param name="section">The section.</param>
    /// <param name="sinks">Adds the kinds of sinks that the section may name.</param>
    /// <param name="more">Wires what the settings do not say; runs after them. Default nothing.</param>
    /// <exception cref="BillingConfigurationException">As for the default pipeline.</exception>
    public static IServiceCollection AddBilling(this IServiceCollection services, string name, IConfiguration section, Action<SinkKinds> sinks, Action<BillingBuilder>? more = null)
    {
        PipelineWiring wiring = Wiring(services, section, sinks);
        services.AddBilling(name, billing => Wire(billing, wiring, more));
        return AddOptions(services, name, wiring);
    }

    private static PipelineWiring Wiring(IServiceCollection services, IConfiguration section, Action<SinkKinds> sinks)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(section);
        ArgumentNullException.ThrowIfNull(sinks);
        SinkKinds kinds = new();
        sinks(kinds);
        return new PipelineWiring(section, kinds);
    }

    private static void Wire(BillingBuilder billing, PipelineWiring wiring, Action<BillingBuilder>? more)
    {
        wiring.Apply(billing);
        more?.Invoke(billing);
    }

    private static IServiceCollection AddOptions(IServiceCollection services, string name, PipelineWiring wiring)
    {
        services.Configure<BillingSettings>(name, wiring.Bind);
        return services.AddSingleton<IValidateOptions<BillingSettings>>(new BillingSettingsValidator(name, wiring.Path));
    }
}
