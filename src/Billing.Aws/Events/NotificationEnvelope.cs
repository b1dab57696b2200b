using System.Text.Json.Serialization;

namespace Billing.Aws.Events;

/// <summary>The envelope that SNS puts around a message.</summary>
internal sealed class NotificationEnvelope
{
    [JsonPropertyName("Message")]
    public string? Message { get; init; }
}
