using System.Text.Json.Serialization;

namespace Billing.Aws.Events;

/// <summary>Bucket and object.</summary>
internal sealed class NotificationDetail
{
    [JsonPropertyName("bucket")]
    public NotificationBucket? Bucket { get; init; }

    [JsonPropertyName("object")]
    public NotificationObject? Object { get; init; }
}
