using Billing;
using Billing.OwnSink;
using Microsoft.Extensions.DependencyInjection;

await using ServiceProvider services = new ServiceCollection()
    .AddBilling(billing => billing
        .UseReportingCurrency("EUR")
        .UseExchangeRates(FixedRates.Parse("USD=0.92", quote: "EUR"))
        .AddSqliteSink("Data Source=billing.db")     // the first sink is the ledger: it decides
        .AddSink(_ => new JournalSink("journal.tsv"))) // the others follow it
    .BuildServiceProvider();

BillingPipeline pipeline = services.GetRequiredService<BillingPipeline>();
foreach (string path in args)
{
    Console.WriteLine(await pipeline.IngestAsync(BillingSource.File(path)));
}
