using Amazon.S3;
using Billing.Aws;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Billing;

/// <summary>Adds AWS to an application.</summary>
public static class AwsBillingServiceCollectionExtensions
{
    /// <summary>Adds <see cref="AwsConnection"/>, <see cref="SecretsManager"/> and, unless one is registered, <see cref="IAmazonS3"/>. Each is created on first use.</summary>
    /// <exception cref="BillingConfigurationException">An option is invalid.</exception>
    public static IServiceCollection AddBillingAws(this IServiceCollection services, Action<AwsOptions>? configure = null, Action<SecretsOptions>? configureSecrets = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        AwsOptions options = new();
        configure?.Invoke(options);
        options = options.Checked();
        SecretsOptions secrets = new();
        configureSecrets?.Invoke(secrets);
        secrets = secrets.Checked();

        services.TryAddSingleton(provider => new AwsConnection(options, null, provider.GetService<TimeProvider>(), provider.GetService<ILogger<AwsConnection>>()));
        services.TryAddSingleton(provider => new SecretsManager(provider.GetRequiredService<AwsConnection>(), secrets, null, provider.GetService<TimeProvider>(), provider.GetService<ILogger<SecretsManager>>()));
        services.TryAddSingleton(provider => provider.GetRequiredService<AwsConnection>().S3);
        return services;
    }

    /// <summary>Adds <see cref="SnsAlertPublisher"/> as the <see cref="IAlertPublisher"/>, for the topic with this ARN, and everything that <see cref="AddBillingAws"/> adds.</summary>
    /// <exception cref="BillingConfigurationException">On first use: <paramref name="topicArn"/> is not the ARN of a topic.</exception>
    public static IServiceCollection AddSnsAlerts(this IServiceCollection services, string topicArn)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(topicArn);
        BillingConfigurationException.ThrowUnless(!string.IsNullOrWhiteSpace(topicArn), nameof(SnsTopic), nameof(topicArn), topicArn, "the ARN of a topic");
        services.AddBillingAws();
        services.AddSingleton<IAlertPublisher>(provider => new SnsAlertPublisher(new SnsTopic(provider.GetRequiredService<AwsConnection>(), topicArn)));
        return services;
    }
}
