using Billing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

HostApplicationBuilder builder = Host.CreateApplicationBuilder(args);
builder.Services.AddBilling(builder.Configuration.GetSection("Billing"), sinks => sinks
    .Add("Sqlite", (billing, sink) => billing.AddSqliteSink(sink)));
await builder.Build().RunAsync();
