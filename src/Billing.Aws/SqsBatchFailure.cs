using System.Text.Json.Serialization;

namespace Billing.Aws;

/// <summary>A message that the queue must deliver again.</summary>
public sealed class SqsBatchFailure
{
    /// <summary>The id of the message.</summary>
    [JsonPropertyName("itemIdentifier")]
    public required string MessageId { get; init; }
}
