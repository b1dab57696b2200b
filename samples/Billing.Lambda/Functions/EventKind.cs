using System.Text.Json;

namespace Billing.Lambda.Functions;

/// <summary>Distinguishes kinds of events.</summary>
internal static class EventKind
{
    /// <summary>Whether the event holds messages of a queue.</summary>
    /// <exception cref="SourceFormatException">The event is not JSON.</exception>
    public static bool IsSqs(ReadOnlySpan<byte> json)
    {
        try
        {
            Utf8JsonReader reader = new(json.StartsWith("\uFEFF"u8) ? json[3..] : json);
            using JsonDocument document = JsonDocument.ParseValue(ref reader);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("Records", out JsonElement records)
                && records.ValueKind == JsonValueKind.Array
                && records.GetArrayLength() > 0
                && records[0] is { ValueKind: JsonValueKind.Object } first
                && first.TryGetProperty("eventSource", out JsonElement source)
                && source.ValueKind == JsonValueKind.String
                && source.ValueEquals("aws:sqs");
        }
        catch (JsonException e)
        {
            throw new SourceFormatException("event", FormattableString.Invariant($"It is not JSON from line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}. Check what invokes the function."), e);
        }
    }
}
