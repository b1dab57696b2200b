using System.Globalization;
using Amazon.SQS;
using Amazon.SQS.Model;
using Billing.Aws.Requests;

namespace Billing.Aws.Queues;

/// <summary>One call with up to ten entries, repeated for the entries that failed with a transient error. An entry that the answer does not name has failed.</summary>
internal sealed class EntryBatch(QueueCalls calls, QueueAddress address, IReadOnlyList<int> entries)
{
    private List<int> _left = [.. entries];

    /// <summary>Returns the id of an entry within its call.</summary>
    public static string Id(int index) => string.Create(CultureInfo.InvariantCulture, $"m{index}");

    /// <summary>Sends the entries, and sets the outcome of each.</summary>
    /// <param name="operation">The name of the operation.</param>
    /// <param name="call">Makes the call for some entries. Returns the ids that succeeded, with their message ids, and the errors.</param>
    /// <param name="outcomes">Receives the outcome of each entry, at the index of the entry.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task SendAsync(
        string operation,
        Func<IAmazonSQS, string, IReadOnlyList<int>, CancellationToken, Task<(IEnumerable<(string Id, string? MessageId)> Succeeded, List<BatchResultErrorEntry>? Failed)>> call,
        SqsEntryOutcome?[] outcomes,
        CancellationToken cancellationToken)
    {
        AwsException? failed;
        try
        {
            string url = (await address.GetAsync(cancellationToken).ConfigureAwait(false)).OriginalString;
            failed = await calls.CallForEntriesAsync(
                operation,
                async (client, token) =>
                {
                    (IEnumerable<(string Id, string? MessageId)> succeeded, List<BatchResultErrorEntry>? errors) = await call(client, url, _left, token).ConfigureAwait(false);
                    _left = Take(succeeded.ToDictionary(entry => entry.Id, entry => entry.MessageId, StringComparer.Ordinal), errors ?? [], outcomes);
                    return _left.Count;
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (AwsException e)
        {
            failed = e;
        }

        if (failed is not null)
        {
            // The whole call failed. What an earlier call confirmed stays confirmed.
            foreach (int index in _left)
            {
                outcomes[index] = SqsEntryOutcome.Failed(failed.ErrorCode, failed.Message);
            }
        }
    }

    /// <summary>Reads an answer.</summary>
    /// <returns>The entries to send again.</returns>
    private List<int> Take(Dictionary<string, string?> succeeded, List<BatchResultErrorEntry> errors, SqsEntryOutcome?[] outcomes)
    {
        List<int> again = [];
        foreach (int index in _left)
        {
            if (succeeded.TryGetValue(Id(index), out string? messageId))
            {
                outcomes[index] = new SqsEntryOutcome(true, messageId);
                continue;
            }

            BatchResultErrorEntry? error = errors.Find(one => one.Id == Id(index));
            outcomes[index] = error is null
                ? SqsEntryOutcome.Failed("NotAnswered", "The answer does not mention the entry.")
                : SqsEntryOutcome.Failed(error.Code ?? "Unknown", AwsErrors.Clean(error.Message));
            if (error is null || error.SenderFault != true || AwsErrors.IsPassing(error.Code))
            {
                again.Add(index);
            }
        }

        return again;
    }
}
