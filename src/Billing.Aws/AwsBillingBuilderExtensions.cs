using Billing.Aws;
using Billing.Aws.Queues;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Billing;

/// <summary>Adds the AWS parts of a pipeline.</summary>
public static class AwsBillingBuilderExtensions
{
    /// <summary>
    /// Adds what handles a queue whose messages hold one record each: a <see cref="SqsBatchHandler"/> and a <see cref="SqsRecordIngester"/>, as keyed services under the
    /// name of the pipeline, and without a key for the default pipeline.
    /// </summary>
    /// <exception cref="BillingConfigurationException">An option is invalid.</exception>
    public static BillingBuilder AddSqsRecords(this BillingBuilder billing, Action<SqsRecordOptions> configure, Action<SqsBatchOptions>? configureBatches = null)
    {
        ArgumentNullException.ThrowIfNull(billing);
        ArgumentNullException.ThrowIfNull(configure);
        SqsRecordOptions records = new();
        configure(records);
        records = records.Checked();
        SqsBatchOptions batches = new();
        configureBatches?.Invoke(batches);
        batches = batches.Checked();

        billing.Services.AddBillingAws();
        if (billing.Name.Length == 0)
        {
            billing.Services.AddSingleton(services => Ingester(services, services.GetRequiredService<BillingPipeline>(), records));
            billing.Services.AddSingleton(services => Handler(services, services.GetRequiredService<BillingPipeline>(), batches));
        }
        else
        {
            string name = billing.Name;
            billing.Services.AddKeyedSingleton(name, (services, _) => Ingester(services, services.GetRequiredKeyedService<BillingPipeline>(name), records));
            billing.Services.AddKeyedSingleton(name, (services, _) => Handler(services, services.GetRequiredKeyedService<BillingPipeline>(name), batches));
        }

        return billing;
    }

    /// <summary>
    /// Receives the messages of a queue while a host runs, one record per message: for applications outside Lambda. Call <see cref="AddSqsRecords"/> first: what it adds handles the messages.
    /// A message is deleted when its record is stored or kept in quarantine; a message that was not handled is delivered again.
    /// </summary>
    /// <param name="billing">The pipeline.</param>
    /// <param name="queue">The URL or ARN of the queue, or the name of a queue in the caller's own account and region.</param>
    /// <param name="configure">Configures how messages are received. Default null: the defaults of the options.</param>
    /// <exception cref="BillingConfigurationException">An option is out of range, or <see cref="AddSqsRecords"/> was not called.</exception>
    public static BillingBuilder AddSqsListener(this BillingBuilder billing, string queue, Action<SqsListenerOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(billing);
        ArgumentNullException.ThrowIfNull(queue);
        BillingConfigurationException.ThrowUnless(!string.IsNullOrWhiteSpace(queue), nameof(SqsListener), nameof(queue), queue, "the URL, the ARN or the name of a queue");
        SqsListenerOptions options = new();
        configure?.Invoke(options);
        options = options.Checked();
        string? name = billing.Name.Length == 0 ? null : billing.Name;
        if (!billing.Services.Any(service => service.ServiceType == typeof(SqsRecordIngester) && Equals(service.ServiceKey, name)))
        {
            throw new BillingConfigurationException($"Nothing handles the messages of the queue {queue}. Call {nameof(AddSqsRecords)}(records => records.Identity = RecordIdentity.Columns(\"transaction_id\")) before {nameof(AddSqsListener)}.");
        }

        billing.Services.AddSingleton<IHostedService>(services => new SqsListener(
            new SqsQueue(services.GetRequiredService<AwsConnection>(), queue),
            name is null ? services.GetRequiredService<SqsBatchHandler>() : services.GetRequiredKeyedService<SqsBatchHandler>(name),
            name is null ? services.GetRequiredService<SqsRecordIngester>() : services.GetRequiredKeyedService<SqsRecordIngester>(name),
            options,
            services.GetService<TimeProvider>() ?? TimeProvider.System,
            services.GetRequiredService<ILogger<SqsListener>>()));
        return billing;
    }

    private static SqsRecordIngester Ingester(IServiceProvider services, BillingPipeline pipeline, SqsRecordOptions options) =>
        new(pipeline, options, services.GetService<ILogger<SqsRecordIngester>>());

    private static SqsBatchHandler Handler(IServiceProvider services, BillingPipeline pipeline, SqsBatchOptions options) =>
        new(pipeline.Ledger, options, services.GetService<TimeProvider>(), services.GetService<ILogger<SqsBatchHandler>>());
}
