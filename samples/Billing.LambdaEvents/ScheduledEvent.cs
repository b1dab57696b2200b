using System.Text.Json;
using System.Text.Json.Serialization;
using Billing.Aws.Events;

namespace Billing.LambdaEvents;

/// <summary>An event of EventBridge, for example of a schedule.</summary>
public sealed class ScheduledEvent
{
    /// <summary>The id of the event: the same on every delivery.</summary>
    [JsonPropertyName("id")]
    public required string Id { get; init; }

    /// <summary>The kind, such as <c>Scheduled Event</c>.</summary>
    [JsonPropertyName("detail-type")]
    public required string DetailType { get; init; }

    /// <summary>The sender, such as <c>aws.events</c>.</summary>
    [JsonPropertyName("source")]
    public required string Source { get; init; }

    /// <summary>The account id, or null.</summary>
    [JsonPropertyName("account")]
    public string? Account { get; init; }

    /// <summary>The time at which the event was due.</summary>
    [JsonPropertyName("time")]
    public DateTimeOffset Time { get; init; }

    /// <summary>The region, or null.</summary>
    [JsonPropertyName("region")]
    public string? Region { get; init; }

    /// <summary>ARNs that the event concerns, such as that of the rule.</summary>
    [JsonPropertyName("resources")]
    public IReadOnlyList<string> Resources { get; init; } = [];

    /// <summary>Further data from the sender, or null.</summary>
    [JsonPropertyName("detail")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Detail { get; init; }

    /// <summary>Reads the event. Skips a byte order mark and ignores unknown members.</summary>
    /// <exception cref="SourceFormatException">The JSON is not an event of EventBridge.</exception>
    public static ScheduledEvent Parse(ReadOnlySpan<byte> json) => EventJson.Read(json, LambdaEventsJsonContext.Default.ScheduledEvent, "EventBridge event");

    /// <summary>Returns the event as EventBridge would send it, in UTF-8: for programs that trigger schedules by hand.</summary>
    public byte[] ToUtf8Bytes() => JsonSerializer.SerializeToUtf8Bytes(this, LambdaEventsJsonContext.Default.ScheduledEvent);
}
