using System.Globalization;
using Amazon.SQS.Model;
using Billing.Aws.Queues;

namespace Billing.Aws;

/// <summary>An SQS queue. Safe for concurrent use.</summary>
#pragma warning disable CA1711 // It is a queue, though not one in memory.
public sealed class SqsQueue
#pragma warning restore CA1711
{
    /// <summary>The highest limit that a queue can have for the bytes of one message and of one call: 1 MiB.</summary>
    public const int LargestCallBytes = 1024 * 1024;

    private readonly QueueAddress _address;

    /// <summary>Creates a queue object, without calling AWS.</summary>
    /// <param name="connection">The connection to AWS, which the caller disposes.</param>
    /// <param name="queue">The URL or ARN of the queue, or the name of a queue in the caller's own account and region.</param>
    /// <param name="maxCallBytes">The limit of one message and of one call in bytes, 1 KiB to <see cref="LargestCallBytes"/>. The default, 262,144, suits every queue; a queue can be set to accept more.</param>
    /// <exception cref="BillingConfigurationException"><paramref name="queue"/> is blank, or <paramref name="maxCallBytes"/> out of range.</exception>
    public SqsQueue(AwsConnection connection, string queue, int maxCallBytes = 262_144)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(queue);
        BillingConfigurationException.ThrowUnless(!string.IsNullOrWhiteSpace(queue), nameof(SqsQueue), nameof(queue), queue, "the URL, the ARN or the name of a queue");
        BillingConfigurationException.ThrowUnless(maxCallBytes is >= 1024 and <= LargestCallBytes, nameof(SqsQueue), nameof(maxCallBytes), maxCallBytes, $"1024 to {LargestCallBytes}");
        _address = new QueueAddress(connection, queue);
        MaxCallBytes = maxCallBytes;
    }

    /// <summary>The name.</summary>
    public string Name => _address.Name;

    /// <summary>The limit of one message and of one call, in bytes.</summary>
    public int MaxCallBytes { get; }

    /// <summary>Returns the URL. Asks SQS for it once if only the name is known.</summary>
    /// <exception cref="AwsException">The queue does not exist, or may not be seen.</exception>
    public ValueTask<Uri> GetUrlAsync(CancellationToken cancellationToken = default) => _address.GetAsync(cancellationToken);

    /// <summary>
    /// Sends messages in as few calls as their number and size allow. Entries that fail with a transient error are sent again. In a FIFO group, nothing is sent after
    /// a message that failed permanently.
    /// </summary>
    /// <returns>One outcome per message, in the same order. No message is left out.</returns>
    /// <exception cref="OperationCanceledException">The call was cancelled; messages may have been sent.</exception>
    public async Task<IReadOnlyList<SqsEntryOutcome>> SendAsync(IReadOnlyList<SqsOutgoingMessage> messages, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        SendPlan plan = new(messages, MaxCallBytes);
        SqsEntryOutcome?[] outcomes = new SqsEntryOutcome?[messages.Count];
        HashSet<string> broken = new(StringComparer.Ordinal);
        foreach ((int index, SqsEntryOutcome refused) in plan.Refused)
        {
            outcomes[index] = refused;
        }

        foreach (IReadOnlyList<int> call in plan.Calls(index => outcomes[index] is { Succeeded: false }, broken))
        {
            await new EntryBatch(_address.Calls, _address, call).SendAsync(
                "SendMessageBatch",
                async (client, url, left, token) =>
                {
                    SendMessageBatchResponse answer = await client.SendMessageBatchAsync(url, [.. left.Select(index => SendPlan.EntryOf(index, messages[index]))], token).ConfigureAwait(false);
                    return ((answer.Successful ?? []).Select(entry => (entry.Id, (string?)entry.MessageId)), answer.Failed);
                },
                outcomes,
                cancellationToken).ConfigureAwait(false);
        }

        return SendPlan.WithBrokenGroups(messages, outcomes);
    }

    /// <summary>Receives up to ten messages. Waits for the first one as long as the options say.</summary>
    /// <exception cref="AwsException">The call failed, or a body arrived damaged.</exception>
    public async Task<IReadOnlyList<SqsMessage>> ReceiveAsync(SqsReceiveOptions? options = null, CancellationToken cancellationToken = default)
    {
        SqsReceiveOptions use = (options ?? new SqsReceiveOptions()).Checked();
        Uri url = await GetUrlAsync(cancellationToken).ConfigureAwait(false);
        ReceiveMessageRequest request = new()
        {
            QueueUrl = url.OriginalString,
            MaxNumberOfMessages = use.MaxMessages,
            WaitTimeSeconds = (int)use.Wait.TotalSeconds,
            VisibilityTimeout = (int?)use.VisibilityTimeout?.TotalSeconds,
            MessageSystemAttributeNames = ["All"],
            MessageAttributeNames = ["All"],
        };
        ReceiveMessageResponse answer = await _address.Calls.CallAsync("ReceiveMessage", (client, token) => client.ReceiveMessageAsync(request, token), cancellationToken, use.Wait).ConfigureAwait(false);
        string arn = await _address.GetArnAsync(cancellationToken).ConfigureAwait(false);
        return [.. (answer.Messages ?? []).Select(message => ReceivedMessage.Of(message, arn))];
    }

    /// <summary>Deletes deliveries by their receipt handles. Entries that fail with a transient error are tried again.</summary>
    /// <returns>One outcome per handle, in the same order.</returns>
    public Task<IReadOnlyList<SqsEntryOutcome>> DeleteAsync(IReadOnlyList<string> receiptHandles, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(receiptHandles);
        return EachAsync(receiptHandles.Count, (batch, outcomes) => batch.SendAsync(
            "DeleteMessageBatch",
            async (client, url, left, token) =>
            {
                DeleteMessageBatchResponse answer = await client.DeleteMessageBatchAsync(url, [.. left.Select(index => new DeleteMessageBatchRequestEntry(EntryBatch.Id(index), receiptHandles[index]))], token).ConfigureAwait(false);
                return ((answer.Successful ?? []).Select(entry => (entry.Id, (string?)null)), answer.Failed);
            },
            outcomes,
            cancellationToken));
    }

    /// <summary>Changes how long deliveries are hidden from others; zero returns them to the queue at once.</summary>
    /// <returns>One outcome per handle, in the same order.</returns>
    public Task<IReadOnlyList<SqsEntryOutcome>> ChangeVisibilityAsync(IReadOnlyList<string> receiptHandles, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(timeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(timeout, TimeSpan.FromHours(12));
        ArgumentNullException.ThrowIfNull(receiptHandles);
        int seconds = (int)Math.Ceiling((decimal)timeout.Ticks / TimeSpan.TicksPerSecond);
        return EachAsync(receiptHandles.Count, (batch, outcomes) => batch.SendAsync(
            "ChangeMessageVisibilityBatch",
            async (client, url, left, token) =>
            {
                ChangeMessageVisibilityBatchResponse answer = await client.ChangeMessageVisibilityBatchAsync(
                    url, [.. left.Select(index => new ChangeMessageVisibilityBatchRequestEntry(EntryBatch.Id(index), receiptHandles[index]) { VisibilityTimeout = seconds })], token).ConfigureAwait(false);
                return ((answer.Successful ?? []).Select(entry => (entry.Id, (string?)null)), answer.Failed);
            },
            outcomes,
            cancellationToken));
    }

    /// <summary>Returns the approximate number of messages in the queue.</summary>
    /// <exception cref="AwsException">The call failed.</exception>
    public async Task<SqsQueueCounts> GetCountsAsync(CancellationToken cancellationToken = default)
    {
        Uri url = await GetUrlAsync(cancellationToken).ConfigureAwait(false);
        GetQueueAttributesResponse answer = await _address.Calls.CallAsync(
            "GetQueueAttributes",
            (client, token) => client.GetQueueAttributesAsync(url.OriginalString, ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible", "ApproximateNumberOfMessagesDelayed"], token),
            cancellationToken).ConfigureAwait(false);
        return new SqsQueueCounts(answer.ApproximateNumberOfMessages, answer.ApproximateNumberOfMessagesNotVisible, answer.ApproximateNumberOfMessagesDelayed);
    }

    private async Task<IReadOnlyList<SqsEntryOutcome>> EachAsync(int count, Func<EntryBatch, SqsEntryOutcome?[], Task> send)
    {
        SqsEntryOutcome?[] outcomes = new SqsEntryOutcome?[count];
        foreach (int[] call in Enumerable.Range(0, count).Chunk(SendPlan.MostEntries))
        {
            await send(new EntryBatch(_address.Calls, _address, call), outcomes).ConfigureAwait(false);
        }

        return outcomes!;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"sqs:{Name}");
}
