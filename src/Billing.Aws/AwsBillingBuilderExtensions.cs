using Billing.Aws;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Billing;

/// <summary>Adds the AWS ends of a pipeline.</summary>
public static class AwsBillingBuilderExtensions
{
    /// <summary>
    /// Adds what handles a queue whose messages hold one record each: an <see cref="SqsBatchHandler"/> and an <see cref="SqsRecordIngester"/>, as keyed services under the
    /// name of the pipeline, and without a key for the default one.
    /// </summary>
    /// <exception cref="BillingConfigurationException">An option is wrong.</exception>
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

    private static SqsRecordIngester Ingester(IServiceProvider services, BillingPipeline pipeline, SqsRecordOptions options) =>
        new(pipeline, options, services.GetService<ILogger<SqsRecordIngester>>());

    private static SqsBatchHandler Handler(IServiceProvider services, BillingPipeline pipeline, SqsBatchOptions options) =>
        new(pipeline.Ledger, options, services.GetService<TimeProvider>(), services.GetService<ILogger<SqsBatchHandler>>());
}
