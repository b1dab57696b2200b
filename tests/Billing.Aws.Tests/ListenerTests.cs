using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Billing.Aws.Tests;

/// <summary>A queue as a host listens to it.</summary>
public sealed class ListenerTests(Fauxqs fauxqs)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Messages_are_deleted_when_their_records_are_stored_and_come_again_until_then()
    {
        FallingLedger ledger = new() { Failures = 1 };
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton(fauxqs.Connect());
        builder.Services.AddBilling(billing => billing
            .AddSink(ledger)
            .AddSqsRecords(records => records.Identity = RecordIdentity.Columns("id"))
            .AddSqsListener("listened", options => options.RetryAfter = TimeSpan.Zero));
        using IHost host = builder.Build();
        SqsQueue queue = new(host.Services.GetRequiredService<AwsConnection>(), "listened");
        Assert.All(
            await queue.SendAsync([new(Record("1")), new(Record("2")), new("no record"), new(Record("1"))], Cancellation),
            outcome => Assert.True(outcome.Succeeded, outcome.Error));

        await host.StartAsync(Cancellation);
        await EmptyAsync(queue);
        await host.StopAsync(Cancellation);

        Assert.Equal(["1", "2"], (await ledger.Inner.QueryAsync(new RecordQuery(), Cancellation)).Items.Select(record => record.SourceId).Order(StringComparer.Ordinal));
        Assert.Equal(QuarantineReason.BadJson, Assert.Single((await ledger.Inner.GetQuarantineAsync(new QuarantineQuery(), Cancellation)).Items).Reason);
        Assert.Equal(0, ledger.Failures);
    }

    [Fact]
    public void A_queue_whose_messages_nobody_handles_is_refused()
    {
        BillingConfigurationException refused = Assert.Throws<BillingConfigurationException>(() => new ServiceCollection().AddBilling(billing => billing.AddSink(new MemorySink()).AddSqsListener("q")));
        Assert.Contains("Call AddSqsRecords(", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(9, 30, 1, 60, "VisibilityTimeout")]
    [InlineData(300, -1, 1, 60, "RetryAfter")]
    [InlineData(300, 30, 0, 60, "Concurrency")]
    [InlineData(300, 30, 1, 0, "MaxRetryDelay")]
    public void Options_out_of_range_are_refused(int visibility, int retry, int concurrency, int pause, string option)
    {
        BillingConfigurationException refused = Assert.Throws<BillingConfigurationException>(() => new ServiceCollection().AddBilling(billing => billing.AddSqsListener("q", options =>
        {
            options.VisibilityTimeout = TimeSpan.FromSeconds(visibility);
            options.RetryAfter = TimeSpan.FromSeconds(retry);
            options.Concurrency = concurrency;
            options.MaxRetryDelay = TimeSpan.FromSeconds(pause);
        })));
        Assert.StartsWith($"SqsListenerOptions.{option} is '", refused.Message, StringComparison.Ordinal);
    }

    private static string Record(string id) => $$"""{"id":"{{id}}","date":"2025-06-01","amount":1.10,"currency":"USD"}""";

    private static async Task EmptyAsync(SqsQueue queue)
    {
        while (await queue.GetCountsAsync(Cancellation) != new SqsQueueCounts(0, 0, 0))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), Cancellation);
        }
    }
}
