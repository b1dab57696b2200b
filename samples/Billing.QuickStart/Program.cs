using Billing;
using Microsoft.Extensions.DependencyInjection;

await using ServiceProvider services = new ServiceCollection()
    .AddBilling(billing => billing
        .UseReportingCurrency("USD")
        .UseExchangeRates(FixedRates.Parse("CAD=0.75, MXN=0.059"))
        .AddSqliteSink("Data Source=billing.db"))
    .BuildServiceProvider();

IngestReport report = await services.GetRequiredService<BillingPipeline>().IngestAsync(BillingSource.File(args[0]));
Console.WriteLine(report);
