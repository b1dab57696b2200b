using System.Globalization;
using Amazon.SQS;
using Amazon.SQS.Model;
using Billing.Aws.Requests;

namespace Billing.Aws.Queues;

/// <summary>One call of up to ten entries, and again for those that failed in a way that may pass. Entries that the answer does not name have failed.</summary>
internal sealed class EntryBatch(QueueCalls calls, QueueAddress address, IReadOnlyList<int> entries)
{
    private List<int> _left = [.. entries];

    /// <summary>The id of an entry within its call.</summary>
    public static string Id(int index) => string.Create(CultureInfo.InvariantCulture, $"m{index}");

    /// <summary>Sends the entries, and gives each its outcome.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="call">Makes the call for some entries: the ids that succeeded with those of their messages, and the errors.</param>
    /// <param name="outcomes">Gets an outcome for each entry, at its number.</param>
    /// <param name="cancellationToken">Cancels.</param>
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
            // The whole call failed; what an earlier one confirmed stays confirmed.
            foreach (int index in _left)
            {
                outcomes[index] = SqsEntryOutcome.Failed(failed.ErrorCode, failed.Message);
            }
        }
    }

    /// <summary>Takes what an answer says.</summary>
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
                ? SqsEntryOutcome.Failed("NotAnswered", "The answer does not name the entry.")
                : SqsEntryOutcome.Failed(error.Code ?? "Unknown", AwsErrors.Clean(error.Message));
            if (error is null || error.SenderFault != true || AwsErrors.IsPassing(error.Code))
            {
                again.Add(index);
            }
        }

        return again;
    }
}
