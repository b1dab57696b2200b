using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Billing.Storage;

/// <summary>What stores keep as JSON, in UTF-8: attributes, lists of texts such as flags, and the reports of runs.</summary>
public static class JsonText
{
    // Letters beyond ASCII stay readable in the file; quotes and control characters are still escaped.
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    // Attributes, flags and alerts are flat: nothing nests deeper.
    private static readonly JsonReaderOptions s_flat = new() { MaxDepth = 1 };
    private static readonly JsonReaderOptions s_attributes = new() { MaxDepth = 2 };

    /// <summary>The report of a run as JSON. Sums are texts, so that no reader takes them for binary floating point.</summary>
    public static byte[] ToBytes(IngestReport run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return ReportJson.Write(run).ToArray();
    }

    /// <summary>Reads a report of this version or an earlier one, whose runs are in the canonical form 1 where they say nothing of it.</summary>
    /// <exception cref="JsonException">The bytes are not JSON.</exception>
    public static IngestReport ReadReport(ReadOnlyMemory<byte> json) => ReportJson.Read(json);

    /// <summary>A writer of JSON as stores keep it. It does not check what is written.</summary>
    public static Utf8JsonWriter NewWriter(IBufferWriter<byte> output) => new(output, s_options);

    /// <summary>Writes attributes as an object, in order; the value of an attribute that is not part of the fingerprint is in brackets. The writer is not flushed.</summary>
    public static void Write(Utf8JsonWriter writer, RecordAttributes attributes)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(attributes);
        ReadOnlySpan<string> names = attributes.Names;
        ReadOnlySpan<string?> values = attributes.Values;
        writer.WriteStartObject();
        for (int i = 0; i < names.Length; i++)
        {
            if (attributes.IsIgnored(i))
            {
                writer.WriteStartArray(names[i]);
                writer.WriteStringValue(values[i]);
                writer.WriteEndArray();
            }
            else
            {
                writer.WriteString(names[i], values[i]);
            }
        }

        writer.WriteEndObject();
    }

    /// <summary>Writes texts as an array. The writer is not flushed.</summary>
    public static void Write(Utf8JsonWriter writer, IReadOnlyList<string> texts)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(texts);
        writer.WriteStartArray();
        for (int i = 0; i < texts.Count; i++)
        {
            writer.WriteStringValue(texts[i]);
        }

        writer.WriteEndArray();
    }

    /// <summary>Returns texts as an array in UTF-8, or null if there are none.</summary>
    public static byte[]? ToBytes(IReadOnlyList<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        if (texts.Count == 0)
        {
            return null;
        }

        ArrayBufferWriter<byte> buffer = new();
        using Utf8JsonWriter writer = NewWriter(buffer);
        Write(writer, texts);
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Returns attributes as an object in UTF-8, or null if there are none.</summary>
    public static byte[]? ToBytes(RecordAttributes attributes)
    {
        ArgumentNullException.ThrowIfNull(attributes);
        if (attributes.Count == 0)
        {
            return null;
        }

        ArrayBufferWriter<byte> buffer = new();
        using Utf8JsonWriter writer = NewWriter(buffer);
        Write(writer, attributes);
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads attributes, with their marks; no bytes means none.</summary>
    /// <exception cref="JsonException">The JSON is not of this kind.</exception>
    public static RecordAttributes ReadAttributes(ReadOnlySpan<byte> json)
    {
        if (json.IsEmpty)
        {
            return RecordAttributes.Empty;
        }

        List<string> names = [];
        List<string?> values = [];
        List<string> ignored = [];
        Utf8JsonReader reader = new(json, s_attributes);
        _ = reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("Attributes are an object.");
        }

        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                names.Add(reader.GetString()!);
                reader.Read();
                bool isIgnored = reader.TokenType == JsonTokenType.StartArray;
                if (isIgnored)
                {
                    ignored.Add(names[^1]);
                    reader.Read();
                }

                bool isText = reader.TokenType is JsonTokenType.String or JsonTokenType.Null;
                values.Add(isText ? reader.GetString() : null);
                if (!isText || (isIgnored && (!reader.Read() || reader.TokenType != JsonTokenType.EndArray)))
                {
                    throw new JsonException($"The value of the attribute '{names[^1]}' is neither one text or null, nor one of these in brackets.");
                }
            }
        }

        return new RecordAttributes([.. names], [.. values], ignored);
    }

    /// <summary>Reads texts; no bytes means none.</summary>
    /// <exception cref="JsonException">The JSON is not of this kind.</exception>
    public static IReadOnlyList<string> ReadTexts(ReadOnlySpan<byte> json)
    {
        if (json.IsEmpty)
        {
            return [];
        }

        List<string> texts = [];
        Utf8JsonReader reader = new(json, s_flat);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.String)
            {
                texts.Add(reader.GetString()!);
            }
        }

        return texts;
    }

    /// <summary>Whether an array holds a text; no bytes hold none.</summary>
    /// <exception cref="JsonException">The JSON is not of this kind.</exception>
    public static bool HasText(ReadOnlySpan<byte> json, ReadOnlySpan<byte> text)
    {
        if (json.IsEmpty)
        {
            return false;
        }

        Utf8JsonReader reader = new(json, s_flat);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.String && reader.ValueTextEquals(text))
            {
                return true;
            }
        }

        return false;
    }
}
