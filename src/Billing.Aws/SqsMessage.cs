using System.Globalization;
using System.Text.Json.Serialization;

namespace Billing.Aws;

/// <summary>One message, received from a queue or in an event.</summary>
public sealed class SqsMessage
{
    /// <summary>The id that the queue gave the message; the same on every delivery.</summary>
    [JsonPropertyName("messageId")]
    public required string MessageId { get; init; }

    /// <summary>The handle by which this delivery is deleted.</summary>
    [JsonPropertyName("receiptHandle")]
    public string ReceiptHandle { get; init; } = "";

    /// <summary>The body.</summary>
    [JsonPropertyName("body")]
    public required string Body { get; init; }

    /// <summary>The MD5 of the body, in lower-case hexadecimal, or null.</summary>
    [JsonPropertyName("md5OfBody")]
    public string? Md5OfBody { get; init; }

    /// <summary>The attributes that the queue sets, such as <c>ApproximateReceiveCount</c>.</summary>
    [JsonPropertyName("attributes")]
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();

    /// <summary>The attributes that the sender set.</summary>
    [JsonPropertyName("messageAttributes")]
    public IReadOnlyDictionary<string, SqsAttributeValue> MessageAttributes { get; init; } = new Dictionary<string, SqsAttributeValue>();

    /// <summary>The ARN of the queue, or null.</summary>
    [JsonPropertyName("eventSourceARN")]
    public string? QueueArn { get; init; }

    /// <summary>Always <c>aws:sqs</c>.</summary>
    [JsonPropertyName("eventSource")]
    public string EventSource { get; init; } = "aws:sqs";

    /// <summary>The region of the queue, or null.</summary>
    [JsonPropertyName("awsRegion")]
    public string? Region { get; init; }

    /// <summary>The group in which a FIFO queue keeps the order, or null.</summary>
    [JsonIgnore]
    public string? GroupId => Attributes?.GetValueOrDefault("MessageGroupId");

    /// <summary>How many times the message was delivered, including this time; 1 if the queue does not state it.</summary>
    [JsonIgnore]
    public int ReceiveCount => int.TryParse(Attributes?.GetValueOrDefault("ApproximateReceiveCount"), NumberStyles.None, CultureInfo.InvariantCulture, out int count) ? count : 1;

    /// <summary>The name of the queue, from its ARN, or null.</summary>
    [JsonIgnore]
    public string? QueueName => QueueArn?[(QueueArn.LastIndexOf(':') + 1)..];
}
