using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Billing.HttpApi;

/// <summary>Writes JSON.</summary>
internal static class JsonBytes
{
    // The answers are data, and are never inserted into a page directly.
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Returns the JSON that was written, in UTF-8.</summary>
    public static byte[] Of(Action<Utf8JsonWriter> write)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer, s_options))
        {
            write(json);
        }

        return buffer.WrittenSpan.ToArray();
    }
}
