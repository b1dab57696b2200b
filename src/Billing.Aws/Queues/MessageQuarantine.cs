using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Billing.Aws.Queues;

/// <summary>Keeps messages that will never succeed in the quarantine of the ledger.</summary>
internal sealed class MessageQuarantine(IBillingSink ledger, string? scope, TimeProvider time, ILogger logger)
{
    /// <summary>Keeps messages. The caller learns only whether all were kept.</summary>
    /// <returns>Whether all are kept; if not, the queue must deliver them again.</returns>
    public async ValueTask<bool> TryKeepAsync(IReadOnlyList<(SqsMessage Message, SqsMessageOutcome Outcome)> poison, CancellationToken cancellationToken)
    {
        string runId = Guid.CreateVersion7(time.GetUtcNow()).ToString("N");
        try
        {
            await ledger.WriteQuarantineAsync([.. poison.Select(item => Record(item.Message, item.Outcome, runId)).DistinctBy(record => record.Key)], cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return false;
        }
#pragma warning disable CA1031 // Whatever failed, the queue delivers the messages again; the failure is logged, and the queue counts the deliveries.
        catch (Exception e)
#pragma warning restore CA1031
        {
            foreach ((SqsMessage message, _) in poison)
            {
                Log.QuarantineFailed(logger, e, message.MessageId, ledger.Name);
            }

            return false;
        }

        foreach ((SqsMessage message, SqsMessageOutcome outcome) in poison)
        {
            Log.MessageQuarantined(logger, message.MessageId, outcome.QuarantineReason!, ledger.Name);
        }

        return true;
    }

    private QuarantinedRecord Record(SqsMessage message, SqsMessageOutcome outcome, string runId)
    {
        byte[] raw = Encoding.UTF8.GetBytes(message.Body);
        return new QuarantinedRecord
        {
            Key = KeyOf(message, raw),
            RunId = runId,
            Source = new RecordSource($"sqs:{message.QueueName ?? "queue"}/{message.MessageId}", 1, 0),
            Scope = scope,
            Reason = outcome.QuarantineReason!,
            Detail = outcome.Detail!,
            Raw = raw,
            RawLength = raw.Length,
            Format = SourceFormat.Json,
        };
    }

    // The same on every delivery, also after a redrive, because the message id stays. Two messages with equal content are two.
    private RecordKey KeyOf(SqsMessage message, byte[] raw)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string part in (string[])["billing.message.v1", scope is null ? "-" : "+" + scope, message.QueueName ?? "", message.MessageId])
        {
            byte[] text = Encoding.UTF8.GetBytes(part);
            hash.AppendData(BitConverter.GetBytes(System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(text.Length)));
            hash.AppendData(text);
        }

        hash.AppendData(raw);
        return new RecordKey(hash.GetHashAndReset());
    }
}
