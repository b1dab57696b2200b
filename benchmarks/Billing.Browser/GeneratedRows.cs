using System.Diagnostics;
using System.Globalization;
using Billing.Benchmarks;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Browser;

/// <summary>Ingests rows that are made in memory, and prints what came of them on the first line and the time on the second. Where the first lines are equal, the results are.</summary>
internal static class GeneratedRows
{
    public static async Task RunAsync(int rows)
    {
        byte[] csv = Invoices.Csv(rows);
        using DigestSink sink = new();
        await using ServiceProvider services = new ServiceCollection()
            .AddBilling(billing => billing
                .UseExchangeRates(FixedRates.Parse("CAD=0.75, MXN=0.059"))
                .AddCategoryRules(CategoryRules.Create(CategoryRule.When("large", record => record.ReportingAmount.Amount >= 1000).WithCategory("large")))
                .AddSink(sink))
            .BuildServiceProvider();
        long start = Stopwatch.GetTimestamp();
        IngestReport report = await services.GetRequiredService<BillingPipeline>().IngestAsync(BillingSource.Bytes("invoices.csv", csv));
        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        if (!report.IsBalanced || report.Stored.Rows != rows)
        {
            throw new InvalidOperationException($"Unexpected outcome:\n{report}");
        }

        string totals = string.Join(' ', report.Stored.Money.OrderBy(money => money.Key, StringComparer.Ordinal).Select(money => $"{money.Key}={money.Value}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"rows={report.Stored.Rows} {totals} stored={report.StoredInReportingCurrency["USD"]} greatest={sink.GreatestKey} records={sink.Digest()}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seconds={elapsed.TotalSeconds:0.000} rows/s={rows / elapsed.TotalSeconds:0}"));
    }
}
