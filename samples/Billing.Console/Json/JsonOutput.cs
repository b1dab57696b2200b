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
            await write(writer);
            await writer.FlushAsync(CancellationToken.None);
        }

        terminal.Output.WriteByte((byte)'\n');
        await terminal.Output.FlushAsync(CancellationToken.None);
    }

    public static Task WriteAsync(Terminal terminal, Action<Utf8JsonWriter> write) => WriteAsync(terminal, writer =>
    {
        write(writer);
        return Task.CompletedTask;
    });
}
