using Microsoft.Extensions.DependencyInjection;

namespace Billing.Rivals;

/// <summary>Billing itself, with a client that can measure what it consumes.</summary>
internal static class DynamoPipeline
{
    public static async Task<Outcome> IngestAsync(string file, string port, string table, int recordsPerTransaction, bool meters)
    {
        using MeteredDynamoDBClient client = new(port, meters);
        await using ServiceProvider services = new ServiceCollection()
            .AddBilling(billing => billing
                .UseExchangeRates(FixedRates.Parse("CAD=0.75, MXN=0.059"))
                .AddCategoryRules(CategoryRules.Load("samples/data/rules.invoices.json"))
                .AddDynamoSink(client, options =>
                {
                    options.TableName = table;
                    options.CreateTables = true;
                    options.RecordsPerTransaction = recordsPerTransaction;
                }))
            .BuildServiceProvider();
        IngestReport report = await services.GetRequiredService<BillingPipeline>().IngestAsync(BillingSource.File(file));
        return report.IsBalanced && report.Stored.Rows == report.Read.Rows
            ? new Outcome(report.Stored.Rows, (long)(report.StoredInReportingCurrency["USD"].ToDecimal() * 100), -1) { Units = client.Units }
            : throw new InvalidOperationException($"Unexpected outcome:\n{report}");
    }
}
