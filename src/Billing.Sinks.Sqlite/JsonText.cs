using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Billing.Sinks.Sqlite;

/// <summary>Lists and attributes as JSON text. Keeps its buffer: what it gives is valid until the next call.</summary>
internal sealed class JsonText : IDisposable
{
    // Letters of every script stay readable. The quote is still escaped as \u0022 within a text.
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.Create(System.Text.Unicode.UnicodeRanges.All) };

    private readonly ArrayBufferWriter<byte> _buffer = new(1024);
    private readonly Utf8JsonWriter _writer;

    public JsonText() => _writer = new Utf8JsonWriter(_buffer, s_options);

    /// <summary>An object; names stand in their order.</summary>
    public ReadOnlySpan<byte> Write(RecordAttributes attributes)
    {
        Start();
        _writer.WriteStartObject();
        for (int i = 0; i < attributes.Count; i++)
        {
            _writer.WritePropertyName(attributes.Names[i]);
            if (attributes.Values[i] is { } value)
            {
                _writer.WriteStringValue(Checked(value));
            }
            else
            {
                _writer.WriteNullValue();
            }
        }

        _writer.WriteEndObject();
        return End();
    }

    /// <summary>An array of texts.</summary>
    public ReadOnlySpan<byte> Write(IReadOnlyList<string> list)
    {
        Start();
        _writer.WriteStartArray();
        foreach (string item in list)
        {
            _writer.WriteStringValue(Checked(item));
        }

        _writer.WriteEndArray();
        return End();
    }

    /// <summary>What is looked for in the text of an array that holds <paramref name="item"/>.</summary>
    public static string ElementOf(string item)
    {
        using JsonText json = new();
        return Encoding.UTF8.GetString(json.Write([item])[1..^1]);
    }

    /// <summary>Reads what <see cref="Write(RecordAttributes)"/> wrote.</summary>
    public static RecordAttributes ReadAttributes(ReadOnlySpan<byte> json)
    {
        if (json.IsEmpty)
        {
            return RecordAttributes.Empty;
        }

        List<string> names = [];
        List<string?> values = [];
        Utf8JsonReader reader = new(json);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            names.Add(reader.GetString()!);
            reader.Read();
            values.Add(reader.GetString());
        }

        return new RecordAttributes([.. names], [.. values]);
    }

    /// <summary>Reads what <see cref="Write(IReadOnlyList{string})"/> wrote.</summary>
    public static IReadOnlyList<string> ReadList(ReadOnlySpan<byte> json)
    {
        List<string> list = [];
        if (!json.IsEmpty)
        {
            Utf8JsonReader reader = new(json);
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.String)
            {
                list.Add(reader.GetString()!);
            }
        }

        return list;
    }

    public void Dispose() => _writer.Dispose();

    // The writer would put U+FFFD in place of a lone surrogate.
    private static string Checked(string text)
    {
        for (int i = text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF'); i >= 0 && i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                throw new EncoderFallbackException("A text holds a lone surrogate.");
            }
        }

        return text;
    }

    private void Start()
    {
        _buffer.ResetWrittenCount();
        _writer.Reset(_buffer);
    }

    private ReadOnlySpan<byte> End()
    {
        _writer.Flush();
        return _buffer.WrittenSpan;
    }
}
