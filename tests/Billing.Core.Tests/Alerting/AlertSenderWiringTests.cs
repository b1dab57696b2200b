using Microsoft.Extensions.DependencyInjection;

namespace Billing.Core.Tests.Alerting;

public sealed class AlertSenderWiringTests
{
    private static readonly CategoryRules s_rules = CategoryRules.Parse("""{ "rules": [ { "name": "over 500", "when": { "amount": { "over": 500 } }, "alert": true } ] }""");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_sender_of_the_default_pipeline_sends_what_its_ledger_holds()
    {
        Mailbox mailbox = new();
        await using ServiceProvider services = new ServiceCollection()
            .AddSingleton<IAlertPublisher>(mailbox)
            .AddBilling(billing => billing.AddSink(new MemorySink()).AddCategoryRules(s_rules).AddAlertSender(options => options.MaxAlerts = 2))
            .BuildServiceProvider();
        await services.GetRequiredService<BillingPipeline>().IngestAsync(Amounts("501", "502", "500", "503"), Cancellation);
        AlertSender sender = services.GetRequiredService<AlertSender>();
        Assert.Equal(new AlertSendReport(2, 0), await sender.SendAsync(Cancellation));
        Assert.Equal(new AlertSendReport(1, 0), await sender.SendAsync(Cancellation));
        Assert.Equal(3, mailbox.Sent.Distinct().Count());
    }

    [Fact]
    public async Task A_named_pipeline_has_a_sender_of_its_own_with_the_publisher_of_its_name_or_the_one_of_all()
    {
        Mailbox all = new();
        Mailbox payments = new();
        await using ServiceProvider services = new ServiceCollection()
            .AddSingleton<IAlertPublisher>(all)
            .AddKeyedSingleton<IAlertPublisher>("payments", payments)
            .AddBilling("payments", billing => billing.AddSink(new MemorySink()).AddCategoryRules(s_rules).AddAlertSender())
            .AddBilling("expenses", billing => billing.AddSink(new MemorySink()).AddCategoryRules(s_rules).AddAlertSender())
            .BuildServiceProvider();
        foreach (string name in (string[])["payments", "expenses"])
        {
            await services.GetRequiredKeyedService<BillingPipeline>(name).IngestAsync(Amounts("501"), Cancellation);
            await services.GetRequiredKeyedService<AlertSender>(name).SendAsync(Cancellation);
        }

        Assert.Single(payments.Sent);
        Assert.Single(all.Sent);
        Assert.Null(services.GetService<AlertSender>());
    }

    [Fact]
    public async Task Without_a_publisher_or_an_outbox_the_error_says_what_to_add()
    {
        await using ServiceProvider noPublisher = new ServiceCollection().AddBilling(billing => billing.AddSink(new MemorySink()).AddAlertSender()).BuildServiceProvider();
        Assert.Contains("AddSnsAlerts", Assert.Throws<BillingConfigurationException>(noPublisher.GetRequiredService<AlertSender>).Message, StringComparison.Ordinal);
        await using ServiceProvider noOutbox = new ServiceCollection()
            .AddSingleton<IAlertPublisher>(new Mailbox())
            .AddBilling(billing => billing.AddSink(new WriteOnly()).AddAlertSender())
            .BuildServiceProvider();
        Assert.Contains("IAlertStore", Assert.Throws<BillingConfigurationException>(noOutbox.GetRequiredService<AlertSender>).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_option_that_cannot_be_is_refused_when_it_is_wired() =>
        Assert.Throws<BillingConfigurationException>(() => new ServiceCollection().AddBilling(billing => billing.AddSink(new MemorySink()).AddAlertSender(options => options.MaxAlerts = 0)));

    private static IBillingSource Amounts(params string[] amounts) =>
        BillingSource.Text("a.csv", "date,amount,currency\n" + string.Concat(amounts.Select(amount => $"2025-06-01,{amount},USD\n")));

    private sealed class Mailbox : IAlertPublisher
    {
        public List<string> Sent { get; } = [];

        public Task PublishAsync(BillingAlert alert, CancellationToken cancellationToken)
        {
            Sent.Add(alert.Id);
            return Task.CompletedTask;
        }
    }

    private sealed class WriteOnly : IBillingSink
    {
        public string Name => "write only";

        public ValueTask<IReadOnlyList<WriteOutcome>> WriteAsync(IReadOnlyList<BillingRecord> records, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask WriteQuarantineAsync(IReadOnlyList<QuarantinedRecord> records, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask WriteRunAsync(IngestReport run, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
