using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Billing.Console.Json;

/// <summary>Writes the one JSON document of a command to the standard output.</summary>
internal static class JsonOutput
{
    private static readonly JsonWriterOptions s_options = new()
    {
        Indented = true,
        NewLine = "\n",
        // The document goes to a file or a program, not into a page: accents stay readable.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static async Task WriteAsync(Terminal terminal, Func<Utf8JsonWriter, Task> write)
    {
        await using (Utf8JsonWriter writer = new(terminal.Output, s_options))
        {
            try
            {
                await write(writer);
            }
            catch
            {
                // Half a document is none: the error is one by itself.
                writer.Reset();
                throw;
            }

            await writer.FlushAsync(CancellationToken.None);
        }

        terminal.HasDocument = true;
        terminal.Output.WriteByte((byte)'\n');
        await terminal.Output.FlushAsync(CancellationToken.None);
    }

    /// <summary>JSON in one line, as text.</summary>
    public static string Compact(Action<Utf8JsonWriter> write)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer, s_options with { Indented = false }))
        {
            write(writer);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Writes the document of a command that failed before it had one.</summary>
    public static Task WriteErrorAsync(Terminal terminal, string message, int exitCode) => WriteAsync(terminal, json =>
    {
        json.WriteStartObject();
        json.WriteString("error", message);
        json.WriteNumber("exitCode", exitCode);
        json.WriteEndObject();
    });

    public static Task WriteAsync(Terminal terminal, Action<Utf8JsonWriter> write) => WriteAsync(terminal, writer =>
    {
        write(writer);
        return Task.CompletedTask;
    });
}
