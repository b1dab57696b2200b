using System.Text.Json.Serialization;

namespace Billing.Aws.Events;

/// <summary>A bucket.</summary>
internal sealed class NotificationBucket
{
    [JsonPropertyName("name")]
    public string? Name { get; init; }
}
