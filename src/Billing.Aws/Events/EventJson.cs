using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Billing.Aws.Events;

/// <summary>Reads events.</summary>
internal static class EventJson
{
    /// <summary>Reads one event; a byte order mark is passed over.</summary>
    /// <param name="json">The event, in UTF-8.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="kind">What it should be, for errors.</param>
    /// <exception cref="SourceFormatException">It is none.</exception>
    public static T Read<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> shape, string kind)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(WithoutMark(json), shape) ?? throw Wrong(kind, "it is null");
        }
        catch (JsonException e)
        {
            // The message of the exception may repeat content; its place does not.
            throw Wrong(kind, FormattableString.Invariant($"{(e.Path is null ? "" : e.Path + ", ")}line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}"), e);
        }
    }

    /// <summary>The exception for JSON that is no event of that kind.</summary>
    public static SourceFormatException Wrong(string kind, string why, Exception? cause = null) =>
        new(kind, $"This is no {kind} ({why}). Check what triggers the function.", cause);

    private static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> json) => json.StartsWith("\uFEFF"u8) ? json[3..] : json;
}
