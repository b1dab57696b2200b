using System.Text.Json.Serialization;

namespace Billing.Aws.Events;

/// <summary>The bucket and the object.</summary>
internal sealed class NotificationDetail
{
    [JsonPropertyName("bucket")]
    public NotificationBucket? Bucket { get; init; }

    [JsonPropertyName("object")]
    public NotificationObject? Object { get; init; }
}
