using Microsoft.Extensions.Logging;

namespace Billing.Aws.Queues;

/// <summary>One batch while it is handled: which messages are done so far.</summary>
internal sealed class MessageBatch(IReadOnlyList<SqsMessage> messages, MessageQuarantine quarantine, SqsBatchOptions options, ILogger logger)
{
    private readonly Lock _lock = new();
    private readonly bool[] _done = new bool[messages.Count];
    private readonly bool[] _failed = new bool[messages.Count];
    private bool _closed;

    /// <summary>Handles each message separately; messages of one group one after another.</summary>
    public Task HandleEachAsync(Func<SqsMessage, CancellationToken, ValueTask<SqsMessageOutcome>> handle, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            Lanes(),
            // Not cancelled here: cancelling would discard what is done.
            new ParallelOptions { MaxDegreeOfParallelism = options.Concurrency },
            async (lane, _) =>
            {
                foreach (int index in lane)
                {
                    if (cancellationToken.IsCancellationRequested || !await HandleOneAsync(index, handle, cancellationToken).ConfigureAwait(false))
                    {
                        return;
                    }
                }
            });

    /// <summary>Handles all messages in one call.</summary>
    public async Task HandleAllAsync(Func<IReadOnlyList<SqsMessage>, CancellationToken, ValueTask<IReadOnlyList<SqsMessageOutcome>>> handle, CancellationToken cancellationToken)
    {
        if (messages.Count == 0)
        {
            return;
        }

        IReadOnlyList<SqsMessageOutcome> outcomes;
        try
        {
            outcomes = await handle(messages, cancellationToken).ConfigureAwait(false);
            if (outcomes.Count != messages.Count)
            {
                throw new InvalidOperationException($"The handler returned {outcomes.Count} outcomes for {messages.Count} messages. Return one outcome per message, in the same order.");
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return;
        }
#pragma warning disable CA1031 // Whatever failed, the queue delivers the messages again; the failure is logged, and the queue counts the deliveries.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Log.IngestFailed(logger, e, messages.Count);
            lock (_lock)
            {
                Array.Fill(_failed, true);
            }

            return;
        }

        await TakeAllAsync(outcomes, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Ends the batch: returns every message that is not done by now, and the messages after it in its group.</summary>
    public SqsBatchResponse Close()
    {
        lock (_lock)
        {
            _closed = true;
            int late = _done.Where((done, i) => !done && !_failed[i]).Count();
            HashSet<string> broken = new(StringComparer.Ordinal);
            List<string> returned = [];
            for (int i = 0; i < messages.Count; i++)
            {
                string? group = messages[i].GroupId;
                if (_done[i] && (group is null || !broken.Contains(group)))
                {
                    continue;
                }

                returned.Add(messages[i].MessageId);
                if (group is not null && !broken.Add(group) && !_done[i] && !_failed[i])
                {
                    // Not done because of its group, not for lack of time.
                    late--;
                }
            }

            if (late > 0)
            {
                Log.DeadlineCame(logger, late);
            }

            return SqsBatchResponse.Of(returned);
        }
    }

    private IEnumerable<List<int>> Lanes() => messages
        .Select((message, index) => (message.GroupId, Index: index))
        .GroupBy(message => message.GroupId is null ? $"#{message.Index}" : "g" + message.GroupId, message => message.Index, StringComparer.Ordinal)
        .Select(lane => lane.ToList());

    /// <returns>Whether the next message of its group may be handled.</returns>
    private async ValueTask<bool> HandleOneAsync(int index, Func<SqsMessage, CancellationToken, ValueTask<SqsMessageOutcome>> handle, CancellationToken cancellationToken)
    {
        SqsMessage message = messages[index];
        try
        {
            SqsMessageOutcome outcome = await handle(message, cancellationToken).ConfigureAwait(false);
            return await TakeAsync(index, outcome, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return false;
        }
        catch (SourceFormatException e)
        {
            return await TakeAsync(index, SqsMessageOutcome.Poison(QuarantineReason.UnreadableSource, e.Message), cancellationToken).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever failed, the queue delivers the message again; the failure is logged, and the queue counts the deliveries.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Log.MessageFailed(logger, e, message.MessageId);
            Mark(index, isDone: false);
            return false;
        }
    }

    private async ValueTask TakeAllAsync(IReadOnlyList<SqsMessageOutcome> outcomes, CancellationToken cancellationToken)
    {
        int[] poison = [.. Enumerable.Range(0, outcomes.Count).Where(i => outcomes[i].IsPoison)];
        bool isKept = poison.Length == 0 || await quarantine.TryKeepAsync([.. poison.Select(i => (messages[i], outcomes[i]))], cancellationToken).ConfigureAwait(false);
        for (int i = 0; i < outcomes.Count; i++)
        {
            if (outcomes[i] is { IsDone: false, IsPoison: false, Detail: { } why })
            {
                Log.MessageReturned(logger, messages[i].MessageId, why);
            }

            Mark(i, outcomes[i].IsDone || (outcomes[i].IsPoison && isKept));
        }
    }

    private async ValueTask<bool> TakeAsync(int index, SqsMessageOutcome outcome, CancellationToken cancellationToken)
    {
        bool isDone = outcome.IsDone || (outcome.IsPoison && await quarantine.TryKeepAsync([(messages[index], outcome)], cancellationToken).ConfigureAwait(false));
        if (!isDone && !outcome.IsPoison)
        {
            Log.MessageReturned(logger, messages[index].MessageId, outcome.Detail!);
        }

        Mark(index, isDone);
        return isDone;
    }

    private void Mark(int index, bool isDone)
    {
        lock (_lock)
        {
            // Once the answer is given, nothing changes it.
            if (!_closed)
            {
                (_done[index], _failed[index]) = (isDone, !isDone);
            }
        }
    }
}
