using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Billing.Hosting.Tests;

public sealed class HealthTests
{
    private readonly string _path = Path.Combine(Some.Folder(), "billing.db");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stores_that_a_run_could_use_are_healthy()
    {
        await using ServiceProvider services = Services(billing => billing.AddSqliteSink($"Data Source={_path}").AddSink(new MemorySink()));
        await services.GetRequiredService<BillingPipeline>().IngestAsync(BillingSource.Text("a.csv", "date,amount,currency\n2025-06-01,1,USD\n"), Cancellation);
        HealthReportEntry entry = await CheckAsync(services);
        Assert.Equal(HealthStatus.Healthy, entry.Status);
        Assert.Equal([$"sqlite:{_path}", "memory"], entry.Data.Keys);
        Assert.All(entry.Data.Values, said => Assert.Equal("ok", said));
    }

    [Fact]
    public async Task A_store_that_is_not_there_and_may_not_be_made_is_unhealthy()
    {
        await using ServiceProvider services = Services(billing => billing.AddSqliteSink($"Data Source={_path}", options => options.CreateTables = false));
        HealthReportEntry entry = await CheckAsync(services);
        Assert.Equal((HealthStatus.Unhealthy, "BillingException"), (entry.Status, entry.Data[$"sqlite:{_path}"]));
        Assert.Contains(" cannot be opened ", entry.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_of_an_earlier_canonical_form_is_unhealthy_until_it_is_migrated()
    {
        MemorySink sink = new();
        await sink.WriteRunAsync(Some.Report() with { CanonicalForm = 1, Status = RunStatus.Completed }, Cancellation);
        await using ServiceProvider services = Services(billing => billing.AddSink(sink));
        HealthReportEntry entry = await CheckAsync(services);
        Assert.Equal(HealthStatus.Unhealthy, entry.Status);
        Assert.Contains("billing migrate", entry.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_ledger_in_another_reporting_currency_is_unhealthy()
    {
        MemorySink sink = new();
        await using (ServiceProvider dollars = Services(billing => billing.AddSink(sink)))
        {
            await dollars.GetRequiredService<BillingPipeline>().IngestAsync(BillingSource.Text("a.csv", "date,amount,currency\n2025-06-01,1,USD\n"), Cancellation);
        }

        await using ServiceProvider euros = Services(billing => billing.UseReportingCurrency("EUR").AddSink(sink));
        HealthReportEntry entry = await CheckAsync(euros);
        Assert.Contains("One ledger has one reporting currency", entry.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_falls_over_later_is_told_of_although_it_was_right_once()
    {
        await using ServiceProvider services = Services(billing => billing.AddSqliteSink($"Data Source={_path};Pooling=False"));
        await services.GetRequiredService<BillingPipeline>().IngestAsync(BillingSource.Text("a.csv", "date,amount,currency\n2025-06-01,1,USD\n"), Cancellation);
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(services)).Status);
        using (SqliteConnection other = new($"Data Source={_path};Pooling=False"))
        {
            other.Open();
            using SqliteCommand drop = other.CreateCommand();
            drop.CommandText = "ALTER TABLE runs RENAME TO gone";
            drop.ExecuteNonQuery();
        }

        Assert.Equal(HealthStatus.Degraded, (await CheckAsync(services, HealthStatus.Degraded)).Status);
    }

    private static ServiceProvider Services(Action<BillingBuilder> configure) => new ServiceCollection().AddLogging().AddBilling(configure).BuildServiceProvider();

    private static async Task<HealthReportEntry> CheckAsync(ServiceProvider pipeline, HealthStatus? failure = null)
    {
        ServiceCollection services = new();
        services.AddLogging();
        services.AddSingleton(pipeline.GetRequiredService<BillingPipeline>());
        services.AddHealthChecks().AddBillingStores(failureStatus: failure, tags: ["ready"]);
        ServiceProvider checks = services.BuildServiceProvider();
        HealthReport report = await checks.GetRequiredService<HealthCheckService>().CheckHealthAsync(Cancellation);
        (string name, HealthReportEntry entry) = Assert.Single(report.Entries);
        Assert.Equal(("billing", "ready"), (name, Assert.Single(entry.Tags)));
        return entry;
    }
}
