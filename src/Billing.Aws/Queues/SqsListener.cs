using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Billing.Aws.Queues;

/// <summary>
/// Receives the messages of a queue while the host runs, as an event source mapping would. A message is deleted when its record is durable, not before.
/// </summary>
internal sealed class SqsListener(SqsQueue queue, SqsBatchHandler handler, SqsRecordIngester ingester, SqsListenerOptions options, TimeProvider time, ILogger logger) : BackgroundService
{
    private static readonly TimeSpan s_firstPause = TimeSpan.FromSeconds(1);

    private readonly SqsReceiveOptions _receive = new() { VisibilityTimeout = options.VisibilityTimeout };

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Log.Listening(logger, queue.Name);
        return Task.WhenAll(Enumerable.Range(0, options.Concurrency).Select(_ => ListenAsync(stoppingToken)));
    }

    private async Task ListenAsync(CancellationToken stoppingToken)
    {
        TimeSpan pause = s_firstPause;
        while (true)
        {
            stoppingToken.ThrowIfCancellationRequested();
            try
            {
                IReadOnlyList<SqsMessage> messages = await queue.ReceiveAsync(_receive, stoppingToken).ConfigureAwait(false);
                if (messages.Count > 0)
                {
                    // The queue counts from the moment it answered. What finishes too late is delivered again, and is then a duplicate.
                    await HandleAsync(messages, time.GetUtcNow() + options.VisibilityTimeout, stoppingToken).ConfigureAwait(false);
                }

                pause = s_firstPause;
            }
            catch (AwsException failure)
            {
                Log.QueueNotAsked(logger, failure, queue.Name, pause);
                await Task.Delay(pause, time, stoppingToken).ConfigureAwait(false);
                pause = pause + pause < options.MaxRetryDelay ? pause + pause : options.MaxRetryDelay;
            }
        }
    }

    private async Task HandleAsync(IReadOnlyList<SqsMessage> messages, DateTimeOffset deadline, CancellationToken stoppingToken)
    {
        SqsBatchResponse response = await handler.HandleAllAsync(new SqsEvent { Messages = messages }, ingester.IngestAsync, deadline, stoppingToken).ConfigureAwait(false);
        HashSet<string> again = [.. response.Failures.Select(failure => failure.MessageId)];

        // The records are durable: the queue is told, even if the host stops meanwhile.
        Tell(await queue.DeleteAsync([.. messages.Where(message => !again.Contains(message.MessageId)).Select(message => message.ReceiptHandle)], CancellationToken.None).ConfigureAwait(false), "deleted");
        Tell(await queue.ChangeVisibilityAsync([.. messages.Where(message => again.Contains(message.MessageId)).Select(message => message.ReceiptHandle)], options.RetryAfter, CancellationToken.None).ConfigureAwait(false), "returned to the queue");
    }

    // A message that is not deleted is delivered again, and is then a duplicate.
    private void Tell(IReadOnlyList<SqsEntryOutcome> outcomes, string what)
    {
        foreach (SqsEntryOutcome outcome in outcomes.Where(outcome => !outcome.Succeeded))
        {
            Log.MessageNotSettled(logger, what, outcome.Error);
        }
    }
}
