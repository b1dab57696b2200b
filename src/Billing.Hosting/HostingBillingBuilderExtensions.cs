using Billing.Hosting;
using Billing.Hosting.Alerts;
using Billing.Hosting.Inboxes;
using Billing.Hosting.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Billing;

/// <summary>Adds services that work for a pipeline while a host runs.</summary>
public static class HostingBillingBuilderExtensions
{
    /// <summary>
    /// Adds a folder whose files are ingested while the host runs. A file that has settled is ingested, and moved when its run is done; one that cannot be read is put aside with the reason.
    /// A file that fails for a reason that may pass, or until a setting is corrected, stays and is tried again.
    /// </summary>
    /// <exception cref="BillingConfigurationException">An option is invalid.</exception>
    public static BillingBuilder AddInbox(this BillingBuilder billing, Action<InboxOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(billing);
        ArgumentNullException.ThrowIfNull(configure);
        InboxOptions options = new();
        configure(options);
        options = options.Checked();
        string name = billing.Name;
        billing.Services.AddSingleton<IHostedService>(services => new InboxService(Pipeline(services, name), options, Time(services), services.GetRequiredService<ILogger<InboxService>>()));
        return billing;
    }

    /// <summary>Adds a folder from settings: the options of <see cref="InboxOptions"/> by their names.</summary>
    /// <exception cref="BillingConfigurationException">A setting is unknown or invalid.</exception>
    public static BillingBuilder AddInbox(this BillingBuilder billing, IConfiguration settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        SettingsSection.Check(
            settings, nameof(InboxOptions.Folder), nameof(InboxOptions.Pattern), nameof(InboxOptions.Interval), nameof(InboxOptions.Settling), nameof(InboxOptions.DoneFolder),
            nameof(InboxOptions.FailedFolder), nameof(InboxOptions.MaxRetryDelay));
        return billing.AddInbox(options => SettingsSection.Bind(() => settings.Bind(options)));
    }

    /// <summary>
    /// Sends the alerts of the ledger at an interval while the host runs, with the <see cref="AlertSender"/> of the pipeline, which is added if there is none
    /// (<see cref="BillingBuilder.AddAlertSender"/>). Alerts go to the <see cref="IAlertPublisher"/> that is registered.
    /// </summary>
    /// <exception cref="BillingConfigurationException">An option is out of range. When the host starts: there is no publisher, or the ledger keeps no alerts.</exception>
    public static BillingBuilder AddAlertSending(this BillingBuilder billing, Action<AlertSendingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(billing);
        AlertSendingOptions options = new();
        configure?.Invoke(options);
        options = options.Checked();
        string name = billing.Name;
        if (!billing.Services.Any(service => service.ServiceType == typeof(AlertSender) && Equals(service.ServiceKey, name.Length == 0 ? null : name)))
        {
            billing.AddAlertSender();
        }

        billing.Services.AddSingleton<IHostedService>(services => new AlertSendingService(
            name.Length == 0 ? services.GetRequiredService<AlertSender>() : services.GetRequiredKeyedService<AlertSender>(name),
            options,
            Time(services),
            services.GetRequiredService<ILogger<AlertSendingService>>()));
        return billing;
    }

    /// <summary>Sends the alerts with options from settings: the options of <see cref="AlertSendingOptions"/> by their names.</summary>
    /// <exception cref="BillingConfigurationException">A setting is unknown or invalid.</exception>
    public static BillingBuilder AddAlertSending(this BillingBuilder billing, IConfiguration settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        SettingsSection.Check(settings, nameof(AlertSendingOptions.Interval));
        return billing.AddAlertSending(options => SettingsSection.Bind(() => settings.Bind(options)));
    }

    private static BillingPipeline Pipeline(IServiceProvider services, string name) =>
        name.Length == 0 ? services.GetRequiredService<BillingPipeline>() : services.GetRequiredKeyedService<BillingPipeline>(name);

    private static TimeProvider Time(IServiceProvider services) => services.GetService<TimeProvider>() ?? TimeProvider.System;
}
