using System.Text.Json;
using Billing.Console.Generation;

namespace Billing.Console.Json;

/// <summary>The document of messages that were written to a file.</summary>
internal static class GeneratedFileJson
{
    public static void Write(Utf8JsonWriter json, string file, GeneratedMessages messages, long written, long bytes)
    {
        json.WriteStartObject();
        json.WriteString("file", file);
        json.WriteNumber("messages", written);
        json.WriteNumber("bytes", bytes);
        json.WriteSeed(messages.Seed);
        json.WriteEndObject();
    }
}
