using System.Threading.Channels;

namespace Billing.Aws;

/// <summary>Sends a stream of messages to a queue, with several calls at once, and reports every message that was not sent.</summary>
/// <param name="queue">The queue.</param>
/// <param name="concurrency">How many calls run at once, 1 to 64. A FIFO queue keeps the order of its groups only with 1. Default 4.</param>
public sealed class SqsProducer(SqsQueue queue, int concurrency = 4)
{
    private const int MessagesAtOnce = 10;

    private readonly SqsQueue _queue = queue ?? throw new ArgumentNullException(nameof(queue));
    private readonly int _concurrency = Checked(concurrency);

    /// <summary>Sends all messages.</summary>
    /// <param name="messages">The messages; they are read as fast as they are sent.</param>
    /// <param name="sent">Receives the number of messages sent so far, after every call; or null.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>How many messages were sent, and each message that was not sent, with the reason.</returns>
    /// <exception cref="OperationCanceledException">The call was cancelled; messages may have been sent.</exception>
    public async Task<SqsSendReport> SendAsync(IAsyncEnumerable<SqsOutgoingMessage> messages, IProgress<long>? sent = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Channel<List<SqsOutgoingMessage>> calls = Channel.CreateBounded<List<SqsOutgoingMessage>>(_concurrency);
        Tally tally = new(sent);
        Task[] senders = [.. Enumerable.Range(0, _concurrency).Select(_ => SendAllAsync(calls.Reader, tally, stop))];
        try
        {
            await DivideAsync(messages, calls.Writer, stop.Token).ConfigureAwait(false);
            calls.Writer.Complete();
            await Task.WhenAll(senders).ConfigureAwait(false);
        }
        catch
        {
            // No sender continues after this has thrown. The exception of the sender that failed first is the one to throw.
            await stop.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(senders).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
            if (senders.FirstOrDefault(sender => sender.IsFaulted) is { } failed)
            {
                await failed.ConfigureAwait(false);
            }

            throw;
        }

        return tally.Report();
    }

    private static async Task DivideAsync(IAsyncEnumerable<SqsOutgoingMessage> messages, ChannelWriter<List<SqsOutgoingMessage>> calls, CancellationToken cancellationToken)
    {
        List<SqsOutgoingMessage> next = [];
        await foreach (SqsOutgoingMessage message in messages.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            next.Add(message);
            if (next.Count == MessagesAtOnce)
            {
                await calls.WriteAsync(next, cancellationToken).ConfigureAwait(false);
                next = [];
            }
        }

        if (next.Count > 0)
        {
            await calls.WriteAsync(next, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task SendAllAsync(ChannelReader<List<SqsOutgoingMessage>> calls, Tally tally, CancellationTokenSource stop)
    {
        try
        {
            await foreach (List<SqsOutgoingMessage> call in calls.ReadAllAsync(stop.Token).ConfigureAwait(false))
            {
                tally.Add(call, await _queue.SendAsync(call, stop.Token).ConfigureAwait(false));
            }
        }
        catch
        {
            await stop.CancelAsync().ConfigureAwait(false);
            throw;
        }
    }

    private sealed class Tally(IProgress<long>? progress)
    {
        private readonly Lock _lock = new();
        private readonly List<SqsUnsentMessage> _unsent = [];
        private long _sent;

        public void Add(List<SqsOutgoingMessage> messages, IReadOnlyList<SqsEntryOutcome> outcomes)
        {
            lock (_lock)
            {
                for (int i = 0; i < messages.Count; i++)
                {
                    if (outcomes[i].Succeeded)
                    {
                        _sent++;
                    }
                    else
                    {
                        _unsent.Add(new SqsUnsentMessage(messages[i], outcomes[i]));
                    }
                }

                progress?.Report(_sent);
            }
        }

        public SqsSendReport Report() => new(_sent, _unsent);
    }

    private static int Checked(int concurrency)
    {
        BillingConfigurationException.ThrowUnless(concurrency is >= 1 and <= 64, nameof(SqsProducer), nameof(concurrency), concurrency, "1 to 64");
        return concurrency;
    }
}
