using System.Text.Json.Serialization;

namespace Billing.Aws.Events;

/// <summary>All shapes in which an event of a bucket arrives, combined in one type.</summary>
internal sealed class Notification
{
    /// <summary>The records of a bucket notification, or of SNS.</summary>
    [JsonPropertyName("Records")]
    public IReadOnlyList<NotificationRecord?>? Records { get; init; }

    /// <summary><c>s3:TestEvent</c>.</summary>
    [JsonPropertyName("Event")]
    public string? Event { get; init; }

    /// <summary><c>Notification</c>, for an envelope of SNS in a queue.</summary>
    [JsonPropertyName("Type")]
    public string? Type { get; init; }

    /// <summary>The content of the envelope.</summary>
    [JsonPropertyName("Message")]
    public string? Message { get; init; }

    /// <summary><c>aws.s3</c>, for an event of EventBridge.</summary>
    [JsonPropertyName("source")]
    public string? Source { get; init; }

    [JsonPropertyName("detail-type")]
    public string? DetailType { get; init; }

    [JsonPropertyName("time")]
    public DateTimeOffset? Time { get; init; }

    [JsonPropertyName("detail")]
    public NotificationDetail? Detail { get; init; }
}
