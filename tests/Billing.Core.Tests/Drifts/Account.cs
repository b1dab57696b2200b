using Microsoft.Extensions.DependencyInjection;

namespace Billing.Core.Tests.Drifts;

/// <summary>A ledger that monthly files of one account come into.</summary>
internal sealed class Account(SourceLayout? layout = null, string? scope = "DE12", CategoryRules? rules = null)
{
    private readonly MonthClock _clock = new();

    public MemorySink Ledger { get; } = new();

    public Task<IngestReport> TakeAsync(MonthlyFile file, DriftPolicy? policy = DriftPolicy.Warn, bool isDryRun = false)
    {
        _clock.Now = file.SentAt;
        BillingPipeline pipeline = Pipeline();
        pipeline = isDryRun ? pipeline.AsDryRun() : pipeline;
        return pipeline.IngestAsync(BillingSource.Text(file.Name, file.Text()), new IngestOptions { Layout = layout, Scope = scope, Drift = policy }, TestContext.Current.CancellationToken);
    }

    /// <summary>Takes ordinary months.</summary>
    public async Task TakeAsync(MonthlyFile file, int from, int to)
    {
        for (int month = from; month <= to; month++)
        {
            IngestReport report = await TakeAsync(file with { Month = month });
            Assert.Empty(report.Drift!.Findings);
        }
    }

    public BillingPipeline Pipeline()
    {
        ServiceCollection services = new();
        services.AddSingleton<TimeProvider>(_clock);
        services.AddBilling(billing =>
        {
            billing.UseReportingCurrency("EUR").UseExchangeRates(FixedRates.Parse("JPY=0.006,USD=0.9,KWD=3", "EUR")).AddSink(Ledger);
            if (rules is not null)
            {
                billing.AddCategoryRules(rules);
            }
        });
        return services.BuildServiceProvider().GetRequiredService<BillingPipeline>();
    }
}
