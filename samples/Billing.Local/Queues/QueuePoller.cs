using System.Globalization;
using Billing.Aws;
using Billing.Local.Systems;

namespace Billing.Local.Queues;

/// <summary>Feeds a function from a queue like Lambda's event source mapping, including partial batch responses.</summary>
internal sealed class QueuePoller
{
    private static readonly TimeSpan s_longestWait = TimeSpan.FromSeconds(20);

    private readonly SqsQueue _queue;
    private readonly QueueDefinition _definition;
    private readonly TimeSpan _window;
    private readonly LocalOptions _options;
    private readonly Func<ReadOnlyMemory<byte>, CancellationToken, Task<InvocationResult>> _invoke;
    private readonly Action<LocalEventKind, string, string> _tell;

    public QueuePoller(SqsQueue queue, QueueDefinition definition, LocalOptions options, Func<ReadOnlyMemory<byte>, CancellationToken, Task<InvocationResult>> invoke, Action<LocalEventKind, string, string> tell)
    {
        _queue = queue;
        _definition = definition;
        _window = options.BatchWindow ?? definition.Window;
        _options = options;
        _invoke = invoke;
        _tell = tell;
    }

    /// <summary>Polls until it is cancelled, then waits for the batches in progress.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using SemaphoreSlim slots = new(_definition.MaxConcurrency);
        HashSet<Task> batches = [];
        try
        {
            while (true)
            {
                await slots.WaitAsync(cancellationToken);
                _ = batches.RemoveWhere(batch => batch.IsCompleted);
                IReadOnlyList<SqsMessage> messages = await ReceiveOrWaitAsync(cancellationToken);
                if (messages.Count == 0)
                {
                    _ = slots.Release();
                    continue;
                }

                batches.Add(HandleAsync(messages, slots, cancellationToken));
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Told to stop. The batch in progress ends first: it holds a slot.
            await Task.WhenAll(batches);
        }
    }

    /// <summary>Returns the messages to deliver again: those that the function names, or all if it failed or named a message that was not in the batch.</summary>
    public static IReadOnlySet<string> FailedOf(IReadOnlyList<SqsMessage> messages, InvocationResult result, out string? why)
    {
        HashSet<string> all = [.. messages.Select(message => message.MessageId)];
        why = null;
        if (!result.Succeeded)
        {
            why = $"{result.ErrorType}: {result.ErrorMessage}";
            return all;
        }

        try
        {
            HashSet<string> named = [.. SqsBatchResponse.Parse(result.Payload.Span).Failures.Select(failure => failure.MessageId)];
            if (named.IsSubsetOf(all))
            {
                return named;
            }

            why = "the reply names a message that was not in the batch";
        }
        catch (SourceFormatException exception)
        {
            why = exception.Message;
        }

        return all;
    }

    private async Task<IReadOnlyList<SqsMessage>> ReceiveOrWaitAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await ReceiveBatchAsync(cancellationToken);
        }
        catch (BillingException exception)
        {
            _tell(LocalEventKind.Failure, _definition.Name, $"cannot be polled: {exception.Message}");
            await Task.Delay(TimeSpan.FromSeconds(1), _options.Time, cancellationToken);
            return [];
        }
    }

    private async Task<IReadOnlyList<SqsMessage>> ReceiveBatchAsync(CancellationToken cancellationToken)
    {
        List<SqsMessage> batch = [.. await ReceiveAsync(_definition.BatchSize, s_longestWait, cancellationToken)];
        long start = _options.Time.GetTimestamp();
        while (batch.Count > 0 && batch.Count < _definition.BatchSize && _window - _options.Time.GetElapsedTime(start) is { } left && left > TimeSpan.Zero)
        {
            IReadOnlyList<SqsMessage> more = await ReceiveAsync(_definition.BatchSize - batch.Count, TimeSpan.FromSeconds(left.Seconds), cancellationToken);
            batch.AddRange(more);
            if (more.Count == 0 && left < TimeSpan.FromSeconds(1))
            {
                // A queue counts in whole seconds.
                await Task.Delay(TimeSpan.FromMilliseconds(50), _options.Time, cancellationToken);
            }
        }

        return batch;
    }

    private Task<IReadOnlyList<SqsMessage>> ReceiveAsync(int most, TimeSpan wait, CancellationToken cancellationToken) =>
        _queue.ReceiveAsync(new SqsReceiveOptions { MaxMessages = Math.Min(most, 10), Wait = wait }, cancellationToken);

    private async Task HandleAsync(IReadOnlyList<SqsMessage> messages, SemaphoreSlim slots, CancellationToken cancellationToken)
    {
        try
        {
            InvocationResult result = await _invoke(new SqsEvent { Messages = messages }.ToUtf8Bytes(), cancellationToken);
            IReadOnlySet<string> failed = FailedOf(messages, result, out string? why);

            if (_options.OnDone is { } onDone)
            {
                foreach (SqsMessage message in messages.Where(message => !failed.Contains(message.MessageId)))
                {
                    onDone(message);
                }
            }

            // The function has answered: its work is acknowledged even during a stop.
            string[] done = [.. messages.Where(message => !failed.Contains(message.MessageId)).Select(message => message.ReceiptHandle)];
            string[] again = [.. messages.Where(message => failed.Contains(message.MessageId)).Select(message => message.ReceiptHandle)];
            await RequireAsync(_queue.DeleteAsync(done, CancellationToken.None), "deleted");
            await RequireAsync(_queue.ChangeVisibilityAsync(again, _options.RetryAfter, CancellationToken.None), "returned to the queue");
            string text = string.Create(
                CultureInfo.InvariantCulture,
                $"{messages.Count} {(messages.Count == 1 ? "message" : "messages")} to {_definition.Function}, {done.Length} done, {again.Length} to be delivered again, {result.Duration.TotalMilliseconds:0} ms");
            _tell(again.Length == 0 ? LocalEventKind.Work : LocalEventKind.Failure, _definition.Name, why is null ? text : $"{text}: {why}");
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Nothing is acknowledged: the messages are delivered again.
            _tell(LocalEventKind.Lifecycle, _definition.Name, "stopped during a batch");
        }
        catch (BillingException exception)
        {
            _tell(LocalEventKind.Failure, _definition.Name, exception.Message);
        }
        finally
        {
            _ = slots.Release();
        }
    }

    private async Task RequireAsync(Task<IReadOnlyList<SqsEntryOutcome>> call, string what)
    {
        if ((await call).FirstOrDefault(outcome => !outcome.Succeeded) is { } failed)
        {
            _tell(LocalEventKind.Failure, _definition.Name, $"a message could not be {what}: {failed.Error}");
        }
    }
}
