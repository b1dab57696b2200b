using System.Text.Json;
using System.Text.Json.Serialization;
using Billing.Aws.Events;

namespace Billing.LambdaEvents;

/// <summary>An event of EventBridge, such as a schedule's.</summary>
public sealed class ScheduledEvent
{
    /// <summary>The id of the event: the same on every delivery.</summary>
    [JsonPropertyName("id")]
    public required string Id { get; init; }

    /// <summary>The kind, such as <c>Scheduled Event</c>.</summary>
    [JsonPropertyName("detail-type")]
    public required string DetailType { get; init; }

    /// <summary>Who sent it, such as <c>aws.events</c>.</summary>
    [JsonPropertyName("source")]
    public required string Source { get; init; }

    /// <summary>The account, or null.</summary>
    [JsonPropertyName("account")]
    public string? Account { get; init; }

    /// <summary>When it was due.</summary>
    [JsonPropertyName("time")]
    public DateTimeOffset Time { get; init; }

    /// <summary>The region, or null.</summary>
    [JsonPropertyName("region")]
    public string? Region { get; init; }

    /// <summary>ARNs, such as that of the rule.</summary>
    [JsonPropertyName("resources")]
    public IReadOnlyList<string> Resources { get; init; } = [];

    /// <summary>What else the sender says, or null.</summary>
    [JsonPropertyName("detail")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Detail { get; init; }

    /// <summary>Reads the event; a byte order mark is passed over, unknown members are ignored.</summary>
    /// <exception cref="SourceFormatException">It is no event of EventBridge.</exception>
    public static ScheduledEvent Parse(ReadOnlySpan<byte> json) => EventJson.Read(json, LambdaEventsJsonContext.Default.ScheduledEvent, "EventBridge event");

    /// <summary>The event as EventBridge would give it, in UTF-8: for whoever fires schedules by hand.</summary>
    public byte[] ToUtf8Bytes() => JsonSerializer.SerializeToUtf8Bytes(this, LambdaEventsJsonContext.Default.ScheduledEvent);
}
