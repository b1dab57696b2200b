namespace Billing.Sinks.Conformance;

/// <summary>Tests of alerts: an alert is stored with its record or not at all, and sent once; it is sent again only when nobody can know whether it was sent.</summary>
public abstract class AlertSuite<TStore> : StoreSuite<TStore>
    where TStore : IStoreUnderTest, new()
{
    private readonly SettableTime _time = new();

    private IAlertStore Alerts => Demand<IAlertStore>(Store, nameof(AlertSuite<>));

    [Fact]
    public async Task A_record_is_stored_with_an_alert_for_each_rule_that_asked()
    {
        BillingRecord record = Some.Record("loud", description: "Łaptop\n€", amount: 500.01m, sourceId: "e-1", alerts: ["over 500", "weekend"]);
        await WriteAsync(record, Some.Record("quiet"));

        IReadOnlyList<BillingAlert> alerts = await Alerts.GetAlertsAsync(record.Key, Cancellation);
        IReadOnlyList<BillingAlert> expected = BillingAlert.Of(record, _time.Now);
        Assert.Equal(["over 500", "weekend"], alerts.Select(alert => alert.Rule));
        for (int i = 0; i < alerts.Count; i++)
        {
            Assert.Equal(expected[i] with { RaisedAt = alerts[i].RaisedAt, DueAt = alerts[i].RaisedAt }, alerts[i]);
        }

        Assert.Contains("Description: Łaptop €\n", alerts[0].Message, StringComparison.Ordinal);
        Assert.Contains("Amount: 500.01 USD\n", alerts[0].Message, StringComparison.Ordinal);
        Assert.Contains("Id: e-1\n", alerts[0].Message, StringComparison.Ordinal);
        Assert.Empty(await Alerts.GetAlertsAsync(Some.Key("quiet"), Cancellation));
        Assert.Empty(await Alerts.GetAlertsAsync(Some.Key("absent"), Cancellation));
    }

    [Fact]
    public async Task A_duplicate_and_a_conflict_raise_no_alert()
    {
        await WriteAsync(Some.Record("1", content: "a", alerts: ["r"]), Some.Record("1", content: "a", alerts: ["r"]));
        await WriteAsync(Some.Record("1", content: "a", alerts: ["r"]));
        await WriteAsync(Some.Record("1", content: "b", alerts: ["s"]));
        await WriteAsync(Some.Record("2", content: "a"));
        await WriteAsync(Some.Record("2", content: "a", alerts: ["r"]));

        Alarm alarm = new();
        Assert.Equal(new AlertSendReport(1, 0), await Sender(alarm).SendAsync(Cancellation));
        Assert.Equal("r", Assert.Single(alarm.Sent).Rule);
        Assert.Empty(await Alerts.GetAlertsAsync(Some.Key("2"), Cancellation));
    }

    [Fact]
    public async Task A_record_that_was_removed_is_stored_again_and_raises_its_alerts_anew()
    {
        BillingRecord record = Some.Record("1", alerts: ["r", "s"]);
        await WriteAsync(record, Some.Record("2", alerts: ["r"]));
        Alarm alarm = new();
        Assert.Equal(3, (await Sender(alarm).SendAsync(Cancellation)).Sent);

        // Where nobody can remove anything, there is nothing to show.
        if (await UnderTest.RemoveAsync(record.Key))
        {
            Assert.Equal(WriteOutcome.Stored, Assert.Single(await Sink.WriteAsync([record], Cancellation)));
            Assert.Equal(["r", "s"], (await Alerts.GetAlertsAsync(record.Key, Cancellation)).Select(alert => alert.Rule));
            _time.Now += TimeSpan.FromDays(1);
            Assert.Equal(2, (await Sender(alarm).SendAsync(Cancellation)).Sent);
        }
    }

    [Fact]
    public async Task An_alert_is_sent_once_and_then_noted_as_sent()
    {
        await WriteAsync(Some.Record("1", alerts: ["r"]));
        Alarm alarm = new();
        await Sender(alarm).SendAsync(Cancellation);
        _time.Now += TimeSpan.FromDays(365);
        Assert.Equal(new AlertSendReport(0, 0), await Sender(alarm).SendAsync(Cancellation));

        Assert.Single(alarm.Sent);
        BillingAlert kept = Assert.Single(await Alerts.GetAlertsAsync(Some.Key("1"), Cancellation));
        Assert.Equal((1, null, _time.Now - TimeSpan.FromDays(365)), (kept.Attempts, kept.DueAt, kept.SentAt));
    }

    [Fact]
    public async Task What_fails_holds_up_nothing_else_and_is_sent_later()
    {
        await WriteAsync([.. Enumerable.Range(0, 12).Select(i => Some.Record($"{i}", alerts: ["r"]))]);
        Alarm alarm = new() { Fails = alert => alert.RecordKey == Some.Key("7") };
        Assert.Equal(new AlertSendReport(11, 1), await Sender(alarm).SendAsync(Cancellation));

        BillingAlert failed = Assert.Single(await Alerts.GetAlertsAsync(Some.Key("7"), Cancellation));
        Assert.Equal((1, null, "InvalidOperationException: The topic is down."), (failed.Attempts, failed.SentAt, failed.LastError));
        Assert.Equal(_time.Now.AddSeconds(30), failed.DueAt);

        alarm.Fails = _ => false;
        Assert.Equal(new AlertSendReport(0, 0), await Sender(alarm).SendAsync(Cancellation));
        _time.Now += TimeSpan.FromSeconds(30);
        Assert.Equal(new AlertSendReport(1, 0), await Sender(alarm).SendAsync(Cancellation));
        Assert.Equal(12, alarm.Sent.Select(alert => alert.Id).Distinct().Count());
        Assert.Equal(12, alarm.Sent.Count);
        Assert.Equal(2, Assert.Single(await Alerts.GetAlertsAsync(Some.Key("7"), Cancellation)).Attempts);
    }

    [Fact]
    public async Task Pauses_grow_to_their_limit()
    {
        await WriteAsync(Some.Record("1", alerts: ["r"]));
        Alarm alarm = new() { Fails = _ => true };
        List<TimeSpan> pauses = [];
        for (int i = 0; i < 5; i++)
        {
            Assert.Equal(new AlertSendReport(0, 1), await Sender(alarm, new AlertSenderOptions { FirstRetryDelay = TimeSpan.FromMinutes(1), MaxRetryDelay = TimeSpan.FromMinutes(6) }).SendAsync(Cancellation));
            DateTimeOffset due = Assert.Single(await Alerts.GetAlertsAsync(Some.Key("1"), Cancellation)).DueAt!.Value;
            pauses.Add(due - _time.Now);
            _time.Now = due;
        }

        Assert.Equal([1, 2, 4, 6, 6], pauses.Select(pause => (int)pause.TotalMinutes));
    }

    [Fact]
    public async Task One_call_sends_no_more_than_it_may_and_the_next_one_the_rest()
    {
        await WriteAsync([.. Enumerable.Range(0, 9).Select(i => Some.Record($"{i}", alerts: ["r"]))]);
        Alarm alarm = new();
        AlertSenderOptions options = new() { MaxAlerts = 7 };
        Assert.Equal(7, (await Sender(alarm, options).SendAsync(Cancellation)).Sent);
        Assert.Equal(2, (await Sender(alarm, options).SendAsync(Cancellation)).Sent);
        Assert.Equal(9, alarm.Sent.Select(alert => alert.Id).Distinct().Count());
    }

    [Fact]
    public async Task What_one_sender_has_claimed_another_is_not_given_until_the_claim_runs_out()
    {
        await WriteAsync(Some.Record("1", alerts: ["r", "s"]), Some.Record("2", alerts: ["r"]));
        IReadOnlyList<BillingAlert> first = await Alerts.ClaimAlertsAsync(2, _time.Now, TimeSpan.FromMinutes(1), Cancellation);
        IReadOnlyList<BillingAlert> second = await Alerts.ClaimAlertsAsync(100, _time.Now, TimeSpan.FromMinutes(2), Cancellation);
        Assert.Equal((2, 1), (first.Count, second.Count));
        Assert.Equal(3, first.Concat(second).Select(alert => alert.Id).Distinct().Count());
        Assert.Empty(await Alerts.ClaimAlertsAsync(100, _time.Now.AddSeconds(59), TimeSpan.FromMinutes(1), Cancellation));

        // The first sender no longer runs.
        IReadOnlyList<BillingAlert> again = await Alerts.ClaimAlertsAsync(100, _time.Now.AddSeconds(60), TimeSpan.FromMinutes(1), Cancellation);
        Assert.Equal(first.Select(alert => alert.Id).Order(), again.Select(alert => alert.Id).Order());

        // A sender that no longer owns the alerts changes nothing when it reports on them.
        await Alerts.FailAlertAsync(first[0], "late", _time.Now, Cancellation);
        Assert.Equal(0, (await Alerts.GetAlertsAsync(first[0].RecordKey, Cancellation)).Sum(alert => alert.Attempts));
    }

    [Fact]
    public async Task Killed_between_sending_and_noting_it_is_sent_again_with_the_same_id()
    {
        await WriteAsync(Some.Record("1", alerts: ["r"]));
        Alarm alarm = new();
        BillingAlert claimed = Assert.Single(await Alerts.ClaimAlertsAsync(1, _time.Now, TimeSpan.FromMinutes(1), Cancellation));
        await alarm.PublishAsync(claimed, Cancellation);

        _time.Now += TimeSpan.FromMinutes(1);
        Assert.Equal(new AlertSendReport(1, 0), await Sender(alarm).SendAsync(Cancellation));
        Assert.Equal(2, alarm.Sent.Count);
        Assert.Single(alarm.Sent.Select(alert => alert.Id).Distinct());
    }

    [Fact]
    public async Task A_confirmation_after_the_claim_has_run_out_still_counts()
    {
        await WriteAsync(Some.Record("1", alerts: ["r"]));
        BillingAlert claimed = Assert.Single(await Alerts.ClaimAlertsAsync(1, _time.Now, TimeSpan.FromMinutes(1), Cancellation));
        _time.Now += TimeSpan.FromHours(1);
        await Alerts.ConfirmAlertAsync(claimed, _time.Now, Cancellation);
        await Alerts.ConfirmAlertAsync(claimed, _time.Now.AddDays(1), Cancellation);
        await Alerts.FailAlertAsync(claimed, "late", _time.Now, Cancellation);

        Assert.Empty(await Alerts.ClaimAlertsAsync(1, _time.Now.AddDays(2), TimeSpan.FromMinutes(1), Cancellation));
        BillingAlert kept = Assert.Single(await Alerts.GetAlertsAsync(Some.Key("1"), Cancellation));
        Assert.Equal((1, _time.Now, null), (kept.Attempts, kept.SentAt, kept.LastError));
    }

    [Fact]
    public async Task Several_senders_at_once_send_each_alert_once()
    {
        await WriteAsync([.. Enumerable.Range(0, 40).Select(i => Some.Record($"{i}", alerts: i % 4 == 0 ? ["r", "s"] : ["r"]))]);
        Alarm alarm = new();
        AlertSendReport[] reports = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(
            async () =>
            {
                AlertSender sender = new(Demand<IAlertStore>(UnderTest.Connect(), nameof(AlertSuite<>)), alarm, timeProvider: _time);
                AlertSendReport total = new(0, 0);

                // A sender that loses the race for a few gets none of them; there may be more.
                for (int calls = 0; calls < 20; calls++)
                {
                    AlertSendReport report = await sender.SendAsync(Cancellation);
                    total = new AlertSendReport(total.Sent + report.Sent, total.Failed + report.Failed);
                }

                return total;
            },
            Cancellation)));

        Assert.Equal(50, alarm.Sent.Count);
        Assert.Equal(50, alarm.Sent.Select(alert => alert.Id).Distinct().Count());
        Assert.Equal((50, 0), (reports.Sum(report => report.Sent), reports.Sum(report => report.Failed)));
    }

    [Fact]
    public async Task A_batch_that_is_cut_off_leaves_no_record_without_its_alert_and_no_alert_without_its_record()
    {
        using CancellationTokenSource source = new();
        BillingRecord[] records = [.. Enumerable.Range(0, 300).Select(i => Some.Record($"{i}", alerts: ["r"]))];
        try
        {
            await Sink.WriteAsync(new CancellingList(records, cancelAt: 150, source), source.Token);
        }
        catch (OperationCanceledException)
        {
        }

        await HoldTogetherAsync(records);
        await WriteAsync(records);
        await HoldTogetherAsync(records);
        Alarm alarm = new();
        Assert.Equal(records.Length, (await Sender(alarm, new AlertSenderOptions { MaxAlerts = 1_000 }).SendAsync(Cancellation)).Sent);
    }

    private AlertSender Sender(Alarm alarm, AlertSenderOptions? options = null) => new(Alerts, alarm, options, _time);

    private async Task HoldTogetherAsync(BillingRecord[] records)
    {
        foreach (BillingRecord record in records)
        {
            int stored = await Store.FindAsync(record.Key, Cancellation) is null ? 0 : 1;
            Assert.Equal(stored, (await Alerts.GetAlertsAsync(record.Key, Cancellation)).Count);
        }
    }
}
