using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Billing;

/// <summary>Adds the sending of alerts.</summary>
public static class AlertBillingBuilderExtensions
{
    /// <summary>
    /// Adds an <see cref="AlertSender"/> from the ledger of the pipeline to the application's <see cref="IAlertPublisher"/>: as a keyed service under the name of the
    /// pipeline, with the publisher of that name if there is one; without a key for the default pipeline. It sends when it is called.
    /// </summary>
    /// <exception cref="BillingConfigurationException">An option is out of range. When the sender is first used: there is no publisher, or the ledger keeps no alerts.</exception>
    public static BillingBuilder AddAlertSender(this BillingBuilder billing, Action<AlertSenderOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(billing);
        AlertSenderOptions options = new();
        configure?.Invoke(options);
        options = options.Checked();

        string name = billing.Name;
        if (name.Length == 0)
        {
            billing.Services.AddSingleton(services => Create(services, services.GetRequiredService<BillingPipeline>(), services.GetService<IAlertPublisher>(), options));
        }
        else
        {
            billing.Services.AddKeyedSingleton(name, (services, _) => Create(
                services,
                services.GetRequiredKeyedService<BillingPipeline>(name),
                services.GetKeyedService<IAlertPublisher>(name) ?? services.GetService<IAlertPublisher>(),
                options));
        }

        return billing;
    }

    private static AlertSender Create(IServiceProvider services, BillingPipeline pipeline, IAlertPublisher? publisher, AlertSenderOptions options) => new(
        pipeline.Ledger as IAlertStore
            ?? throw new BillingConfigurationException($"The ledger {pipeline.Ledger.Name} keeps no alerts: it is no {nameof(IAlertStore)}. Leave AddAlertSender out, or use another ledger."),
        publisher
            ?? throw new BillingConfigurationException($"Alerts have nowhere to go: there is no {nameof(IAlertPublisher)} among the services. Add one, such as AddSnsAlerts(topicArn) of Billing.Aws."),
        options,
        services.GetService<TimeProvider>(),
        services.GetService<ILogger<AlertSender>>());
}
