using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Billing.Aws.Events;

/// <summary>Reads events from JSON.</summary>
internal static class EventJson
{
    /// <summary>Reads one event. Skips a byte order mark.</summary>
    /// <param name="json">The event, in UTF-8.</param>
    /// <param name="shape">The JSON shape of the event.</param>
    /// <param name="kind">The kind of event, for error messages.</param>
    /// <exception cref="SourceFormatException">The JSON is not an event of this kind.</exception>
    public static T Read<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> shape, string kind)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(WithoutMark(json), shape) ?? throw Wrong(kind, "it is null");
        }
        catch (JsonException e)
        {
            // The message of the exception may repeat content; the position does not.
            throw Wrong(kind, FormattableString.Invariant($"{(e.Path is null ? "" : e.Path + ", ")}line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}"), e);
        }
    }

    /// <summary>Returns the exception for JSON that is not an event of the given kind.</summary>
    public static SourceFormatException Wrong(string kind, string why, Exception? cause = null) =>
        new(kind, $"This is not a valid {kind} ({why}). Check what triggers the function.", cause);

    private static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> json) => json.StartsWith("\uFEFF"u8) ? json[3..] : json;
}
