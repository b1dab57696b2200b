using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Billing.Runs;

/// <summary>Wires the sender of the alerts that the ledger of a pipeline keeps.</summary>
internal static class AlertWiring
{
    public static void Add(BillingBuilder billing, AlertSenderOptions options)
    {
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
    }

    private static AlertSender Create(IServiceProvider services, BillingPipeline pipeline, IAlertPublisher? publisher, AlertSenderOptions options) => new(
        pipeline.Ledger as IAlertStore
            ?? throw new BillingConfigurationException($"The ledger {pipeline.Ledger.Name} keeps no alerts: it is not an {nameof(IAlertStore)}. Remove AddAlertSender, or use another ledger."),
        publisher
            ?? throw new BillingConfigurationException($"Alerts cannot be sent: no {nameof(IAlertPublisher)} is registered. Register one, for example with AddSnsAlerts(topicArn) from Billing.Aws."),
        options,
        services.GetService<TimeProvider>(),
        services.GetService<ILogger<AlertSender>>());
}
