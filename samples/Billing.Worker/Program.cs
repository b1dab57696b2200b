using Billing;
using Billing.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

HostApplicationBuilder builder = Host.CreateApplicationBuilder(args);
builder.Services.AddBilling(billing => billing
    .UseReportingCurrency("EUR")
    .UseExchangeRates(FixedRates.Parse("USD=0.92, GBP=1.17", quote: "EUR"))
    .AddSqliteSink(builder.Configuration["Store"] ?? "Data Source=billing.db"));
builder.Services.AddHostedService<InboxWorker>();
await builder.Build().RunAsync();
