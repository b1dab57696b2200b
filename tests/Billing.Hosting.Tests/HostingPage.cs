using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Billing.Hosting.Tests;

/// <summary>The code of docs/hosting.md, as it stands there.</summary>
internal static class HostingPage
{
    public static void Settings(HostApplicationBuilder builder) =>
        builder.Services.AddBilling(builder.Configuration.GetSection("Billing"), sinks => sinks
            .Add("Sqlite", (billing, sink) => billing.AddSqliteSink(sink)));

    public static void Queue(BillingBuilder billing) =>
        billing
            .AddSqsRecords(records => records.Identity = RecordIdentity.Columns("transaction_id"))
            .AddSqsListener("transactions");

    public static void Health(HostApplicationBuilder builder) =>
        builder.Services.AddHealthChecks().AddBillingStores(tags: ["ready"]);

    public static void Rates(BillingBuilder billing) =>
        billing.UseExchangeRateSource(services => new TreasuryRates(services.GetRequiredService<HttpClient>()));
}
