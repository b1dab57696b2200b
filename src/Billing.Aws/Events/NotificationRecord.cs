using System.Text.Json.Serialization;

namespace Billing.Aws.Events;

/// <summary>One record of a bucket notification, or of SNS.</summary>
internal sealed class NotificationRecord
{
    [JsonPropertyName("eventName")]
    public string? EventName { get; init; }

    [JsonPropertyName("eventTime")]
    public DateTimeOffset? EventTime { get; init; }

    [JsonPropertyName("s3")]
    public NotificationDetail? S3 { get; init; }

    [JsonPropertyName("Sns")]
    public NotificationEnvelope? Sns { get; init; }
}
