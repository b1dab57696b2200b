using System.Text.Json;
using System.Text.Json.Serialization;
using Billing.Aws.Events;

namespace Billing.Aws;

/// <summary>Lambda's partial batch response: exactly the messages that the queue must deliver again. The queue deletes the others.</summary>
public sealed class SqsBatchResponse
{
    /// <summary>The messages to deliver again, in the order of the batch.</summary>
    [JsonPropertyName("batchItemFailures")]
    public required IReadOnlyList<SqsBatchFailure> Failures { get; init; }

    /// <summary>Returns the response with these message ids.</summary>
    /// <exception cref="ArgumentException">An id is empty. Lambda would take it for the whole batch.</exception>
    public static SqsBatchResponse Of(IEnumerable<string> messageIds)
    {
        ArgumentNullException.ThrowIfNull(messageIds);
        return new SqsBatchResponse { Failures = [.. messageIds.Select(id => new SqsBatchFailure { MessageId = id.Length > 0 ? id : throw new ArgumentException("A message has no id.", nameof(messageIds)) })] };
    }

    /// <summary>Reads the answer of a function. An empty answer or <c>null</c> names no messages.</summary>
    /// <exception cref="SourceFormatException">The JSON is not a partial batch response: Lambda delivers the whole batch again.</exception>
    public static SqsBatchResponse Parse(ReadOnlySpan<byte> json)
    {
        const string Kind = "batch response";
        if (json.Trim(" \t\r\n"u8) is { } text && (text.IsEmpty || text.SequenceEqual("null"u8)))
        {
            return Of([]);
        }

        SqsBatchResponse read = EventJson.Read(json, EventsJsonContext.Default.SqsBatchResponse, Kind);
        return read.Failures is { } failures && failures.All(failure => !string.IsNullOrEmpty(failure?.MessageId))
            ? read
            : throw EventJson.Wrong(Kind, "a failure has no itemIdentifier");
    }

    /// <summary>Returns the response in the form that Lambda accepts, in UTF-8.</summary>
    public byte[] ToUtf8Bytes() => JsonSerializer.SerializeToUtf8Bytes(this, EventsJsonContext.Default.SqsBatchResponse);
}
