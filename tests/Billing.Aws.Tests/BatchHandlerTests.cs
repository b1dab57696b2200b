using System.Collections.Concurrent;

namespace Billing.Aws.Tests;

public sealed class BatchHandlerTests
{
    private readonly StubLedger _ledger = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static DateTimeOffset Later => TimeProvider.System.GetUtcNow().AddMinutes(5);

    [Fact]
    public async Task Exactly_the_messages_that_are_to_be_retried_are_returned()
    {
        SqsBatchResponse response = await new SqsBatchHandler(_ledger).HandleAsync(Batch("ok", "retry", "throw", "ok", "poison", "format"), HandleAsync, Later, Cancellation);
        Assert.Equal(["m1", "m2"], Returned(response));
        Assert.Equal([("m4", QuarantineReason.BadJson), ("m5", QuarantineReason.UnreadableSource)], _ledger.Quarantine.Select(record => (record.Source.Name[^2..], record.Reason)).Order());
        Assert.Equal("poison", _ledger.Quarantine.Single(record => record.Reason == QuarantineReason.BadJson).RawText);
    }

    [Fact]
    public async Task Poison_that_cannot_be_quarantined_is_returned()
    {
        _ledger.FailsQuarantine = true;
        Assert.Equal(["m1"], Returned(await new SqsBatchHandler(_ledger).HandleAsync(Batch("ok", "poison"), HandleAsync, Later, Cancellation)));
        Assert.Equal(["m1"], Returned(await new SqsBatchHandler(_ledger).HandleAllAsync(
            Batch("ok", "poison"), (_, _) => ValueTask.FromResult<IReadOnlyList<SqsMessageOutcome>>([SqsMessageOutcome.Done, SqsMessageOutcome.Poison("bad_json", "It is bad.")]), Later, Cancellation)));
    }

    [Fact]
    public async Task Poison_that_comes_again_is_kept_once()
    {
        SqsBatchHandler handler = new(_ledger);
        await handler.HandleAsync(Batch("poison"), HandleAsync, Later, Cancellation);
        await handler.HandleAsync(Batch("poison"), HandleAsync, Later, Cancellation);
        Assert.Single(_ledger.Quarantine.Select(record => record.Key).Distinct());
    }

    [Fact]
    public async Task After_a_failure_everything_later_of_its_group_is_returned_and_not_handled()
    {
        SqsEvent batch = new() { Messages = [Message(0, "ok", "a"), Message(1, "retry", "a"), Message(2, "ok", "b"), Message(3, "ok", "a"), Message(4, "poison", "b"), Message(5, "ok", "b")] };
        ConcurrentBag<string> handled = [];
        SqsBatchResponse response = await new SqsBatchHandler(_ledger).HandleAsync(batch, (message, token) =>
        {
            handled.Add(message.MessageId);
            return HandleAsync(message, token);
        }, Later, Cancellation);
        Assert.Equal(["m1", "m3"], Returned(response));
        Assert.Equal(["m0", "m1", "m2", "m4", "m5"], handled.Order());
    }

    [Fact]
    public async Task In_one_call_too_everything_after_a_failure_of_its_group_is_returned()
    {
        SqsEvent batch = new() { Messages = [Message(0, "ok", "a"), Message(1, "retry", "a"), Message(2, "ok", "b"), Message(3, "ok", "a")] };
        SqsBatchResponse response = await new SqsBatchHandler(_ledger).HandleAllAsync(
            batch, (messages, _) => ValueTask.FromResult<IReadOnlyList<SqsMessageOutcome>>([.. messages.Select(message => message.Body == "ok" ? SqsMessageOutcome.Done : SqsMessageOutcome.Retry("later"))]), Later, Cancellation);
        Assert.Equal(["m1", "m3"], Returned(response));
    }

    [Fact]
    public async Task What_the_deadline_leaves_no_time_for_is_returned_also_when_a_handler_does_not_heed_it()
    {
        SqsBatchOptions options = new() { DeadlineMargin = TimeSpan.FromMilliseconds(200), Concurrency = 2 };
        SqsBatchHandler handler = new(_ledger, options);
        TaskCompletionSource never = new();
        DateTimeOffset deadline = TimeProvider.System.GetUtcNow().AddMilliseconds(700);
        SqsBatchResponse response = await handler.HandleAsync(Batch("ok", "waits", "deaf", "ok", "ok"), async (message, token) =>
        {
            if (message.Body == "waits")
            {
                await Task.Delay(Timeout.Infinite, token);
            }
            else if (message.Body == "deaf")
            {
                await never.Task;
            }

            return SqsMessageOutcome.Done;
        }, deadline, Cancellation);
        Assert.Equal(["m1", "m2", "m3", "m4"], Returned(response));
        never.SetResult();
    }

    // A timeout that comes in the moment in which the work ends is no failure: what is done is not delivered again.
    [Fact]
    public async Task Work_that_ends_in_the_moment_of_its_deadline_is_answered_for()
    {
        for (int round = 0; round < 2_000; round++)
        {
            ManualTime time = new();
            TaskCompletionSource begun = new();
            TaskCompletionSource end = new();
            Task<SqsBatchResponse> answer = new SqsBatchHandler(_ledger, null, time).HandleAsync(Batch("ok"), async (_, _) =>
            {
                begun.SetResult();
                await end.Task;
                return SqsMessageOutcome.Done;
            }, time.GetUtcNow().AddMinutes(1), Cancellation);
            await begun.Task;
            await Task.Run(
                () =>
                {
                    // Who waits is told of the timeout on another thread, while this one ends the work.
                    SynchronizationContext.SetSynchronizationContext(new OtherContext());
                    time.FireLast();
                    SynchronizationContext.SetSynchronizationContext(null);
                    end.SetResult();
                },
                Cancellation);
            Assert.InRange(Returned(await answer).Count(), 0, 1);
        }
    }

    [Fact]
    public async Task After_the_deadline_nothing_is_begun()
    {
        SqsBatchResponse response = await new SqsBatchHandler(_ledger).HandleAsync(Batch("ok"), (_, _) => throw new InvalidOperationException(), TimeProvider.System.GetUtcNow(), Cancellation);
        Assert.Equal(["m0"], Returned(response));
    }

    [Fact]
    public async Task No_more_messages_are_handled_at_once_than_the_options_say()
    {
        int now = 0;
        int most = 0;
        await new SqsBatchHandler(_ledger, new SqsBatchOptions { Concurrency = 3 }).HandleAsync(Batch([.. Enumerable.Repeat("ok", 30)]), async (_, token) =>
        {
            int at = Interlocked.Increment(ref now);
            lock (_ledger)
            {
                most = Math.Max(most, at);
            }

            await Task.Delay(5, token);
            Interlocked.Decrement(ref now);
            return SqsMessageOutcome.Done;
        }, Later, Cancellation);
        Assert.InRange(most, 1, 3);
    }

    [Fact]
    public async Task A_handler_that_breaks_its_contract_returns_the_whole_batch() => Assert.Equal(["m0", "m1"], Returned(await new SqsBatchHandler(_ledger).HandleAllAsync(
        Batch("ok", "ok"), (_, _) => ValueTask.FromResult<IReadOnlyList<SqsMessageOutcome>>([SqsMessageOutcome.Done]), Later, Cancellation)));

    internal static SqsMessage Message(int number, string body, string? group = null) => new()
    {
        MessageId = $"m{number}",
        Body = body,
        QueueArn = "arn:aws:sqs:eu-central-1:1:transactions",
        Attributes = group is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["MessageGroupId"] = group },
    };

    internal static SqsEvent Batch(params string[] bodies) => new() { Messages = [.. bodies.Select((body, i) => Message(i, body))] };

    internal static IEnumerable<string> Returned(SqsBatchResponse response) => response.Failures.Select(failure => failure.MessageId);

    private static ValueTask<SqsMessageOutcome> HandleAsync(SqsMessage message, CancellationToken cancellationToken) => message.Body switch
    {
        "ok" => ValueTask.FromResult(SqsMessageOutcome.Done),
        "retry" => ValueTask.FromResult(SqsMessageOutcome.Retry("later")),
        "poison" => ValueTask.FromResult(SqsMessageOutcome.Poison(QuarantineReason.BadJson, "It is bad.")),
        "format" => throw new SourceFormatException("x", "no columns"),
        _ => throw new InvalidOperationException("unexpected"),
    };

    private sealed class OtherContext : SynchronizationContext;
}
