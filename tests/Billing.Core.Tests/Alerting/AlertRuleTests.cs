using Billing.Core.Tests.Runs;

namespace Billing.Core.Tests.Alerting;

/// <summary>Rules that ask for an alert, through to what the store holds.</summary>
public sealed class AlertRuleTests
{
    private const string Rules = """
        { "rules": [
          { "name": "over 500", "when": { "amount": { "over": 500 } }, "alert": { "subject": " Expense Alert " } },
          { "name": "pubs", "when": { "text": "pub" }, "alert": true } ] }
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Rules_say_of_a_record_what_they_say_in_a_run_and_nothing_where_a_requirement_fails()
    {
        CategoryRules rules = CategoryRules.Parse("""
            { "rules": [
              { "name": "big", "when": { "amount": { "over": 500 } }, "category": "large", "flag": "big", "alert": { "subject": "Big" } },
              { "name": "dollars", "require": { "currency": "USD" } } ] }
            """);
        BillingRecord record = Some.Record("1", amount: 501m, category: "other");
        BillingRecord said = rules.Apply(record)!;
        Assert.Equal(("large", "big", "big", "big", "Big"), (said.Category, said.CategoryRule, Assert.Single(said.Flags), Assert.Single(said.Alerts), Assert.Single(said.AlertSubjects)));
        Assert.Equal((record.Key, record.Amount, "other"), (said.Key, said.Amount, record.Category));
        Assert.Null(rules.Apply(Some.Record("1", currency: "EUR")));
    }

    [Fact]
    public async Task Strictly_more_than_500_in_the_reporting_currency_alerts_with_subject_description_amount_and_id()
    {
        Ingest ingest = new(billing => billing.AddCategoryRules(CategoryRules.Parse(Rules)).UseExchangeRates(FixedRates.Parse("CAD=0.75")));
        await ingest.Text("id,date,description,amount,currency\ne-1,2025-06-17,Exactly,500.00,USD\ne-2,2025-06-17,A cent more,500.01,USD\ne-3,2025-06-17,Desk,666.68,CAD\ne-4,2025-06-17,Chair,666.66,CAD\n");

        Dictionary<string, BillingAlert[]> alerts = [];
        foreach (BillingRecord record in await ingest.Records())
        {
            alerts.Add(record.Description!, [.. await ingest.Ledger.GetAlertsAsync(record.Key, Cancellation)]);
        }

        Assert.Empty(alerts["Exactly"]);
        Assert.Empty(alerts["Chair"]);
        BillingAlert alert = Assert.Single(alerts["A cent more"]);
        Assert.Equal(("over 500", "Expense Alert"), (alert.Rule, alert.Subject));
        Assert.StartsWith("Rule: over 500\nDescription: A cent more\nAmount: 500.01 USD\nDate: 2025-06-17\n", alert.Message, StringComparison.Ordinal);
        Assert.Contains("\nSource: june.csv:3\n", alert.Message, StringComparison.Ordinal);
        Assert.Contains("Amount: 666.68 CAD\nReporting amount: 500.01 USD\n", Assert.Single(alerts["Desk"]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_rule_has_its_subject_and_a_second_delivery_alerts_no_more()
    {
        Ingest ingest = new(billing => billing.AddCategoryRules(CategoryRules.Parse(Rules)));
        const string csv = "date,description,amount,currency\n2025-06-17,The Pub,501,USD\n";
        await ingest.Text(csv);
        await ingest.Text(csv, "again.csv");

        BillingRecord record = Assert.Single(await ingest.Records());
        IReadOnlyList<BillingAlert> alerts = await ingest.Ledger.GetAlertsAsync(record.Key, Cancellation);
        Assert.Equal([("over 500", "Expense Alert"), ("pubs", "Billing Alert")], alerts.Select(alert => (alert.Rule, alert.Subject)));
        Assert.Equal(2, (await ingest.Ledger.ClaimAlertsAsync(100, DateTimeOffset.MaxValue.AddDays(-1), TimeSpan.FromHours(1), Cancellation)).Count);
    }

    [Fact]
    public void The_id_of_an_alert_is_that_of_its_record_and_rule_for_ever()
    {
        DateTimeOffset now = new(2025, 6, 17, 0, 0, 0, TimeSpan.Zero);
        BillingAlert alert = Assert.Single(BillingAlert.Of(Some.Record("1", alerts: ["r", "r"]), now));
        Assert.Equal("Billing Alert", alert.Subject);
        Assert.Equal(alert.Id, BillingAlert.Of(Some.Record("1", amount: 5m, alerts: ["r"]), now.AddDays(1))[0].Id);
        Assert.NotEqual(alert.Id, BillingAlert.Of(Some.Record("2", alerts: ["r"]), now)[0].Id);
        Assert.NotEqual(alert.Id, BillingAlert.Of(Some.Record("1", alerts: ["s"]), now)[0].Id);
    }

    [Fact]
    public void A_value_cannot_pass_for_a_line_of_its_own_and_is_cut_where_it_is_long()
    {
        string message = BillingAlert.Of(Some.Record("1", description: "a\nAmount: 1.00 USD\u2028b" + new string('x', 600), alerts: ["r"]), default)[0].Message;
        string line = Assert.Single(message.Split('\n'), line => line.StartsWith("Description: ", StringComparison.Ordinal));
        Assert.StartsWith("Description: a Amount: 1.00 USD b", line, StringComparison.Ordinal);
        Assert.EndsWith("x...", line, StringComparison.Ordinal);
        Assert.Single(message.Split('\n'), line => line.StartsWith("Amount: ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("\"\"", "must be a text that is not blank")]
    [InlineData("\"a\\nb\"", "The subject has a control character")]
    public void A_wrong_subject_is_refused_with_line_and_rule(string subject, string reason)
    {
        BillingConfigurationException refused = Assert.Throws<BillingConfigurationException>(() => CategoryRules.Parse($$"""{"rules": [{"name": "r", "when": {}, "alert": {"subject": {{subject}} } } ] }"""));
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
        Assert.Contains("Rule 'r'", refused.Message, StringComparison.Ordinal);
        Assert.Throws<BillingConfigurationException>(() => CategoryRule.When("r", _ => true).WithAlert(new string('x', 101)));
    }

    [Fact]
    public async Task A_publisher_that_hangs_is_given_up_and_the_others_are_sent()
    {
        MemorySink ledger = new();
        await ledger.WriteAsync([.. Enumerable.Range(0, 3).Select(i => Some.Record($"{i}", alerts: ["r"]))], Cancellation);
        StoppedTime time = new();
        Hanging publisher = new(time.RunOut);
        AlertSender sender = new(ledger, publisher, new AlertSenderOptions { AttemptTimeout = TimeSpan.FromMinutes(1) }, time);
        Assert.Equal(new AlertSendReport(2, 1), await sender.SendAsync(Cancellation));
        Assert.Equal(1, (await Task.WhenAll(Enumerable.Range(0, 3).Select(async i => (await ledger.GetAlertsAsync(Some.Key($"{i}"), Cancellation))[0]))).Count(alert => alert.LastError?.StartsWith("The publisher did not answer", StringComparison.Ordinal) == true));
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        Assert.Throws<BillingConfigurationException>(() => new AlertSender(new MemorySink(), new Hanging(() => { }), new AlertSenderOptions { MaxAlerts = 0 }));
        Assert.Throws<BillingConfigurationException>(() => new AlertSender(new MemorySink(), new Hanging(() => { }), new AlertSenderOptions { MaxRetryDelay = TimeSpan.FromSeconds(1) }));
    }

    /// <summary>Never answers to the first alert, and does not hear of cancellation.</summary>
    /// <summary>Hangs on the first alert, and lets the time for it run out.</summary>
    private sealed class Hanging(Action runOut) : IAlertPublisher
    {
        private int _calls;

        public Task PublishAsync(BillingAlert alert, CancellationToken cancellationToken)
        {
            if (Interlocked.Increment(ref _calls) > 1)
            {
                return Task.CompletedTask;
            }

            runOut();
            return new TaskCompletionSource().Task;
        }
    }

    /// <summary>A clock that stands still, and a timer that runs out when it is told to.</summary>
    private sealed class StoppedTime : TimeProvider
    {
        private Action _last = () => { };

        public void RunOut() => _last();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _last = () => callback(state);
            return new Timer();
        }

        private sealed class Timer : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
