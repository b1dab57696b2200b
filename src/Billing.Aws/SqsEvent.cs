using System.Text.Json;
using System.Text.Json.Serialization;
using Billing.Aws.Events;

namespace Billing.Aws;

/// <summary>The messages that Lambda's event source mapping gives a function.</summary>
public sealed class SqsEvent
{
    /// <summary>The messages, in the order of the queue.</summary>
    [JsonPropertyName("Records")]
    public required IReadOnlyList<SqsMessage> Messages { get; init; }

    /// <summary>Reads the event; a byte order mark is passed over, unknown members are ignored.</summary>
    /// <exception cref="SourceFormatException">It is no event of SQS.</exception>
    public static SqsEvent Parse(ReadOnlySpan<byte> json)
    {
        const string Kind = "SQS event";
        SqsEvent read = EventJson.Read(json, EventsJsonContext.Default.SqsEvent, Kind);
        foreach (SqsMessage message in read.Messages ?? throw EventJson.Wrong(Kind, "it has no Records"))
        {
            if (message is null || string.IsNullOrEmpty(message.MessageId) || message.Body is null)
            {
                throw EventJson.Wrong(Kind, "a record has no messageId or no body");
            }
        }

        return read;
    }

    /// <summary>The event as Lambda would give it, in UTF-8: for whoever plays the event source mapping.</summary>
    public byte[] ToUtf8Bytes() => JsonSerializer.SerializeToUtf8Bytes(this, EventsJsonContext.Default.SqsEvent);
}
