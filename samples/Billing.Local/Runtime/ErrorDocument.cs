using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Billing.Local.Runtime;

/// <summary>The JSON in which functions report errors: <c>errorType</c>, <c>errorMessage</c>.</summary>
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

    /// <summary>Returns the content of an error document; a body that is not one is the message itself.</summary>
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
            // Not JSON: the text is shown as it is.
            return (typeHeader ?? "Unknown", System.Text.Encoding.UTF8.GetString(body.Span));
        }

        return (typeHeader ?? "Unknown", System.Text.Encoding.UTF8.GetString(body.Span));
    }

    private static string? Text(JsonDocument document, string name) =>
        document.RootElement.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
