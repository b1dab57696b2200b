using System.Globalization;
using Billing;
using Billing.Benchmarks;
using Billing.Browser;
using Microsoft.Extensions.DependencyInjection;

// The whole pipeline to a sink that keeps nothing. Usage: billing-hot FILE RULES; prints rows and the sum in USD in cents, as the rivals do.
// `billing-hot generated ROWS` does what Billing.Browser does in a browser.
if (args is ["generated", string rows])
{
    await GeneratedRows.RunAsync(int.Parse(rows, CultureInfo.InvariantCulture));
    return;
}

await using ServiceProvider services = new ServiceCollection()
    .AddBilling(billing => billing
        .UseExchangeRates(FixedRates.Parse("CAD=0.75, MXN=0.059"))
        .AddCategoryRules(CategoryRules.Load(args[1]))
        // As the command does for stores in its own process, which need no large batches.
        .UseBatchSize(3_000)
        .AddSink(new NullSink()))
    .BuildServiceProvider();
IngestReport report = await services.GetRequiredService<BillingPipeline>().IngestAsync(BillingSource.File(args[0]));
if (!report.IsBalanced || report.Stored.Rows != report.Read.Rows)
{
    throw new InvalidOperationException($"Unexpected outcome:\n{report}");
}

Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"rows={report.Read.Rows} cents={(long)(report.StoredInReportingCurrency["USD"].ToDecimal() * 100)}"));
