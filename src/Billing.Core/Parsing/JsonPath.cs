using System.Text;
using System.Text.Json;

namespace Billing.Parsing;

/// <summary>Finds members within members.</summary>
internal static class JsonPath
{
    /// <summary>The value at a path in an object: the text of a string, or the JSON of anything else; empty for null.</summary>
    /// <param name="json">The object, known to be valid.</param>
    /// <param name="path">Names with points between them; a name may hold points itself.</param>
    /// <param name="kind">The kind of the value, None where there is none.</param>
    public static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> json, string path, out JsonTokenType kind)
    {
        Utf8JsonReader reader = new(json);
        kind = JsonTokenType.None;
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            int start = (int)reader.TokenStartIndex;
            JsonTokenType found = reader.TokenType;
            if (found == JsonTokenType.String && name == path)
            {
                kind = found;
                return reader.ValueIsEscaped ? Encoding.UTF8.GetBytes(reader.GetString()!) : reader.ValueSpan;
            }

            reader.Skip();
            ReadOnlySpan<byte> value = json[start..(int)reader.BytesConsumed];
            if (name == path)
            {
                kind = found;
                return found == JsonTokenType.Null ? default : value;
            }

            if (found == JsonTokenType.StartObject && path.Length > name.Length + 1 && path[name.Length] == '.' && path.StartsWith(name, StringComparison.Ordinal))
            {
                ReadOnlySpan<byte> nested = Find(value, path[(name.Length + 1)..], out kind);
                if (kind != JsonTokenType.None)
                {
                    return nested;
                }
            }
        }

        return default;
    }

    /// <summary>The paths of all values within an object that are no objects themselves.</summary>
    public static IEnumerable<string> Leaves(ReadOnlyMemory<byte> json, string parent)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        foreach (string leaf in Leaves(document.RootElement, parent))
        {
            yield return leaf;
        }
    }

    private static IEnumerable<string> Leaves(JsonElement element, string parent) => element.EnumerateObject().SelectMany(member =>
        member.Value.ValueKind == JsonValueKind.Object ? Leaves(member.Value, $"{parent}.{member.Name}") : [$"{parent}.{member.Name}"]);
}
