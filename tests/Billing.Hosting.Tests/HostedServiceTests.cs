using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Billing.Hosting.Tests;

/// <summary>The services as a host runs them.</summary>
public sealed class HostedServiceTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_host_takes_the_files_of_its_folder_and_sends_the_alerts_of_their_records()
    {
        string folder = Some.Folder();
        string rules = Path.Combine(folder, "rules.json");
        await File.WriteAllTextAsync(rules, """{ "rules": [{ "name": "large", "when": { "amount": { "atLeast": 100 } }, "alert": true }] }""", Cancellation);
        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        TellingPublisher publisher = new();
        builder.Services.AddSingleton<IAlertPublisher>(publisher);
        builder.Services.AddBilling(
            Settings.Billing($$"""
                {
                  "Rules": ["{{rules}}"], "Sinks": [{ "Kind": "Memory" }],
                  "Inbox": { "Folder": "{{folder}}/in", "Interval": "00:00:00.100", "Settling": "00:00:00" },
                  "AlertSending": { "Interval": "00:00:01" }
                }
                """),
            sinks => sinks.Add("Memory", (billing, _) => billing.AddSink(new MemorySink())));
        using IHost host = builder.Build();
        Directory.CreateDirectory(Path.Combine(folder, "in"));
        await File.WriteAllTextAsync(Path.Combine(folder, "in", "june.csv"), "date,amount,currency\n2025-06-01,100,USD\n", Cancellation);

        await host.StartAsync(Cancellation);
        BillingAlert alert = await publisher.First.Task.WaitAsync(Cancellation);
        while (Directory.GetFiles(Path.Combine(folder, "in", "done"), "* june.csv").Length == 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), Cancellation);
        }

        await host.StopAsync(Cancellation);
        Assert.Equal("large", alert.Rule);
    }

    [Fact]
    public void Alerts_that_have_nowhere_to_go_are_told_of_when_the_host_starts()
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        builder.Services.AddBilling(billing => billing.AddSink(new MemorySink()).AddAlertSending());
        using IHost host = builder.Build();
        BillingConfigurationException refused = Assert.Throws<BillingConfigurationException>(() => host.Start());
        Assert.Contains("no IAlertPublisher is registered", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_sender_that_is_wired_already_is_the_one_that_sends()
    {
        ServiceCollection services = new();
        services.AddBilling(billing => billing.AddSink(new MemorySink()).AddAlertSender(options => options.MaxAlerts = 1).AddAlertSending());
        services.AddBilling("other", billing => billing.AddSink(new MemorySink()).AddAlertSending());
        Assert.Equal([null, "other"], services.Where(service => service.ServiceType == typeof(AlertSender)).Select(service => service.ServiceKey));
    }
}
