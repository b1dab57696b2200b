using System.Text.RegularExpressions;
using Amazon.Runtime;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Billing.Hosting.Tests;

/// <summary>What docs/hosting.md shows is compiled, and does what it says.</summary>
public sealed class HostingPageTests
{
    private static string Page => File.ReadAllText(Repository.PathTo("docs", "hosting.md"));

    [Fact]
    public void Every_piece_of_code_of_the_page_is_compiled()
    {
        string compiled = Normal(File.ReadAllText(Repository.PathTo("tests", "Billing.Hosting.Tests", "HostingPage.cs")));
        string[] pieces = [.. Blocks("csharp")];
        Assert.Equal(4, pieces.Length);
        Assert.All(pieces, piece => Assert.Contains(Normal(piece), compiled, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_settings_of_the_page_wire_a_host_and_its_health_checks()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddConfiguration(Settings.Of(Assert.Single(Blocks("json appsettings.json"))));
        builder.Configuration.AddInMemoryCollection([new("Billing:Sinks:0:ConnectionString", $"Data Source={Path.Combine(Some.Folder(), "billing.db")}")]);
        HostingPage.Settings(builder);
        HostingPage.Health(builder);
        using IHost host = builder.Build();
        IngestReport report = await host.Services.GetRequiredService<BillingPipeline>().IngestAsync(BillingSource.Text("a.csv", "Buchungstag;Betrag\n2025-06-01;\"1,50\"\n"), TestContext.Current.CancellationToken);
        Assert.Equal(("1.5", "acme"), (report.StoredInReportingCurrency["EUR"].ToString(), report.Scope));
        Assert.Equal("healthy", (await host.Services.GetRequiredService<Microsoft.Extensions.Diagnostics.HealthChecks.HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken)).Status.ToString().ToLowerInvariant());
    }

    [Fact]
    public async Task Rates_of_a_service_are_those_that_a_run_converts_at()
    {
        using HttpClient client = new(new AnsweringHandler("2025-05-30,CAD,USD,0.75\n2025-06-02,CAD,USD,0.8\n")) { BaseAddress = new Uri("http://rates.example") };
        await using ServiceProvider services = new ServiceCollection().AddSingleton(client)
            .AddBilling(billing =>
            {
                billing.AddSink(new MemorySink());
                HostingPage.Rates(billing);
            })
            .BuildServiceProvider();
        IngestReport report = await services.GetRequiredService<BillingPipeline>().IngestAsync(BillingSource.Text("a.csv", "date,amount,currency\n2025-06-01,10,CAD\n2025-06-02,10,CAD\n"), TestContext.Current.CancellationToken);
        Assert.Equal("15.5", report.StoredInReportingCurrency["USD"].ToString());
    }

    [Fact]
    public void A_queue_is_listened_to_by_a_hosted_service()
    {
        ServiceCollection services = new();
        services.AddBillingAws(options => (options.Region, options.Credentials) = ("eu-central-1", new BasicAWSCredentials("id", "secret")));
        services.AddBilling(billing =>
        {
            billing.AddSink(new MemorySink());
            HostingPage.Queue(billing);
        });
        Assert.Single(services, service => service.ServiceType == typeof(IHostedService));
    }

    private static IEnumerable<string> Blocks(string kind) =>
        Regex.Matches(Page, $"^```{Regex.Escape(kind)}\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline).Select(match => match.Groups[1].Value);

    private static string Normal(string code) => Regex.Replace(code, @"\s+", " ").Trim();
}
