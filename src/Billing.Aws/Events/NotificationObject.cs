using System.Text.Json.Serialization;

namespace Billing.Aws.Events;

/// <summary>An object. Bucket notifications and EventBridge spell two of its members differently.</summary>
internal sealed class NotificationObject
{
    [JsonPropertyName("key")]
    public string? Key { get; init; }

    [JsonPropertyName("size")]
    public long? Size { get; init; }

    [JsonPropertyName("eTag")]
    public string? ETag { get; init; }

    [JsonPropertyName("etag")]
    public string? EventBridgeETag { get; init; }

    [JsonPropertyName("versionId")]
    public string? VersionId { get; init; }

    [JsonPropertyName("version-id")]
    public string? EventBridgeVersionId { get; init; }

    [JsonPropertyName("sequencer")]
    public string? Sequencer { get; init; }
}
