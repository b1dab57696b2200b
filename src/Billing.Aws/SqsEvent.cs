using System.Text.Json;
using System.Text.Json.Serialization;
using Billing.Aws.Events;

namespace Billing.Aws;

/// <summary>The messages that a Lambda event source mapping passes to a function.</summary>
public sealed class SqsEvent
{
    /// <summary>The messages, in the order of the queue.</summary>
    [JsonPropertyName("Records")]
    public required IReadOnlyList<SqsMessage> Messages { get; init; }

    /// <summary>Reads the event. Skips a byte order mark and ignores unknown members.</summary>
    /// <exception cref="SourceFormatException">The JSON is not an event of SQS.</exception>
    public static SqsEvent Parse(ReadOnlySpan<byte> json)
    {
        const string Kind = "SQS event";
        SqsEvent read = EventJson.Read(json, EventsJsonContext.Default.SqsEvent, Kind);
        foreach (SqsMessage message in read.Messages ?? throw EventJson.Wrong(Kind, "it has no Records"))
        {
            if (message is null || string.IsNullOrEmpty(message.MessageId) || message.Body is null)
            {
                throw EventJson.Wrong(Kind, "a record lacks its messageId or its body");
            }
        }

        return read;
    }

    /// <summary>Returns the event as Lambda would send it, in UTF-8: for programs that stand in for the event source mapping.</summary>
    public byte[] ToUtf8Bytes() => JsonSerializer.SerializeToUtf8Bytes(this, EventsJsonContext.Default.SqsEvent);
}
