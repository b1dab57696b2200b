using Microsoft.Extensions.DependencyInjection;

namespace Billing.KilledProcess;

/// <summary>The ingestion that is killed, and, run again by the test, completes what was killed.</summary>
public static class Ingestion
{
    /// <summary>The rows of a batch: small, so that there are many moments to be killed at.</summary>
    public const int BatchSize = 100;

    /// <summary>Ingests one file into one SQLite database.</summary>
    public static async Task<IngestReport> RunAsync(string database, string file, IProgress<IngestProgress>? progress, CancellationToken cancellationToken)
    {
        ServiceCollection services = new();
        services.AddBilling(billing => billing
            .UseBatchSize(BatchSize)
            .UseExchangeRates(FixedRates.Parse("CAD=0.75, MXN=0.059"))
            .AddSqliteSink($"Data Source={database}"));
        await using ServiceProvider provider = services.BuildServiceProvider();
        return await provider.GetRequiredService<BillingPipeline>()
            .IngestAsync(BillingSource.File(file), new IngestOptions { Progress = progress }, cancellationToken);
    }
}
