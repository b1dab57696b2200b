using Amazon.DynamoDBv2;
using Billing.Hosting.Settings;
using Billing.Sinks.Dynamo;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Billing;

/// <summary>Adds DynamoDB to a pipeline.</summary>
public static class DynamoBillingBuilderExtensions
{
    /// <summary>Adds DynamoDB through the registered <see cref="IAmazonDynamoDB"/>.</summary>
    /// <exception cref="BillingConfigurationException">An option is invalid, or no client is registered when the pipeline is built.</exception>
    public static BillingBuilder AddDynamoSink(this BillingBuilder billing, Action<DynamoSinkOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(billing);
        DynamoSinkOptions options = OptionsOf(configure);
        return billing.AddSink(services => Create(
            services.GetService(typeof(IAmazonDynamoDB)) as IAmazonDynamoDB
                ?? throw new BillingConfigurationException($"No {nameof(IAmazonDynamoDB)} is registered. Register one, for example services.AddSingleton<IAmazonDynamoDB>(new AmazonDynamoDBClient()), or pass it to {nameof(AddDynamoSink)}."),
            options,
            services));
    }

    /// <summary>Adds DynamoDB through a client, which the caller disposes.</summary>
    /// <exception cref="BillingConfigurationException">An option is invalid.</exception>
    public static BillingBuilder AddDynamoSink(this BillingBuilder billing, IAmazonDynamoDB client, Action<DynamoSinkOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(billing);
        ArgumentNullException.ThrowIfNull(client);
        DynamoSinkOptions options = OptionsOf(configure);
        return billing.AddSink(services => Create(client, options, services));
    }

    /// <summary>
    /// Adds DynamoDB from settings, through the registered <see cref="IAmazonDynamoDB"/>: the options of <see cref="DynamoSinkOptions"/> under their names,
    /// except <see cref="DynamoSinkOptions.Layout"/>, which is code.
    /// </summary>
    /// <exception cref="BillingConfigurationException">A setting is unknown or invalid, or no client is registered when the pipeline is built.</exception>
    public static BillingBuilder AddDynamoSink(this BillingBuilder billing, IConfiguration settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        SettingsSection.Check(
            settings, "Kind", nameof(DynamoSinkOptions.TableName), nameof(DynamoSinkOptions.LedgerTableName), nameof(DynamoSinkOptions.CreateTables),
            nameof(DynamoSinkOptions.RecordsPerTransaction), nameof(DynamoSinkOptions.Concurrency), nameof(DynamoSinkOptions.MaxAttempts), nameof(DynamoSinkOptions.MaxRetryDelay));
        return billing.AddDynamoSink(options => SettingsSection.Bind(() =>
        {
            options.TableName = settings.GetValue(nameof(options.TableName), options.TableName)!;
            options.LedgerTableName = settings.GetValue<string>(nameof(options.LedgerTableName));
            options.CreateTables = settings.GetValue(nameof(options.CreateTables), options.CreateTables);
            options.RecordsPerTransaction = settings.GetValue(nameof(options.RecordsPerTransaction), options.RecordsPerTransaction);
            options.Concurrency = settings.GetValue(nameof(options.Concurrency), options.Concurrency);
            options.MaxAttempts = settings.GetValue(nameof(options.MaxAttempts), options.MaxAttempts);
            options.MaxRetryDelay = settings.GetValue(nameof(options.MaxRetryDelay), options.MaxRetryDelay);
        }));
    }

    private static DynamoSinkOptions OptionsOf(Action<DynamoSinkOptions>? configure)
    {
        DynamoSinkOptions options = new();
        configure?.Invoke(options);
        return options.Checked();
    }

    private static DynamoSink Create(IAmazonDynamoDB client, DynamoSinkOptions options, IServiceProvider services) => new(
        client,
        options,
        services.GetService(typeof(TimeProvider)) as TimeProvider,
        services.GetService(typeof(ILogger<DynamoSink>)) as ILogger<DynamoSink>);
}
