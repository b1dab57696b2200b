using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Billing.Local.Runtime;

/// <summary>The JSON that functions report errors with: <c>errorType</c>, <c>errorMessage</c>.</summary>
internal static class ErrorDocument
{
    public static byte[] Write(string type, string message)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            writer.WriteString("errorMessage", message);
            writer.WriteString("errorType", type);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>What a document says; a body that is none is the message itself.</summary>
    public static (string Type, string Message) Read(ReadOnlyMemory<byte> body, string? typeHeader)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return (Text(document, "errorType") ?? typeHeader ?? "Unknown", Text(document, "errorMessage") ?? "");
            }
        }
        catch (JsonException)
        {
            // No JSON: whatever it says is shown as it stands.
            return (typeHeader ?? "Unknown", System.Text.Encoding.UTF8.GetString(body.Span));
        }

        return (typeHeader ?? "Unknown", System.Text.Encoding.UTF8.GetString(body.Span));
    }

    private static string? Text(JsonDocument document, string name) =>
        document.RootElement.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
