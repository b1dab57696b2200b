using Billing.Sinks.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.KilledProcess;

/// <summary>The ingestion that is killed, and, run again by the test, completes what was killed.</summary>
public static class Ingestion
{
    /// <summary>The rows of a batch: small, so that there are many moments to be killed at.</summary>
    public const int BatchSize = 100;

    /// <summary>Ingests one file into one SQLite database.</summary>
    public static async Task<IngestReport> RunAsync(string database, string file, Moments moments, CancellationToken cancellationToken)
    {
        ServiceCollection services = new();
        await using SqliteSink ledger = new($"Data Source={database}");
        services.AddBilling(billing => billing
            .UseBatchSize(BatchSize)
            .UseExchangeRates(FixedRates.Parse("CAD=0.75, MXN=0.059"))
            .AddSink(new WatchedSink(ledger, moments)));
        await using ServiceProvider provider = services.BuildServiceProvider();
        return await provider.GetRequiredService<BillingPipeline>().IngestAsync(BillingSource.File(file), cancellationToken);
    }
}
