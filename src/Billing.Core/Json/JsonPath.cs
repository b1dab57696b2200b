using System.Text;
using System.Text.Json;

namespace Billing.Json;

/// <summary>Finds nested members.</summary>
internal static class JsonPath
{
    /// <summary>Returns the value at a path in an object: the text of a string, or the JSON of anything else; empty for null.</summary>
    /// <param name="json">The object, known to be valid.</param>
    /// <param name="path">Names separated by points; a name may contain points.</param>
    /// <param name="kind">The kind of the value; None if there is none.</param>
    /// <param name="found">The number of values that the path leads to: if there is more than one, none is certain.</param>
    public static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> json, string path, out JsonTokenType kind, out int found)
    {
        Utf8JsonReader reader = new(json);
        ReadOnlySpan<byte> value = default;
        kind = JsonTokenType.None;
        found = 0;
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            JsonTokenType memberKind = reader.TokenType;
            if (name == path)
            {
                found++;
                kind = memberKind;
                value = Value(ref reader, json);
            }
            else if (memberKind == JsonTokenType.StartObject && Leads(name, path))
            {
                ReadOnlySpan<byte> nested = Find(Value(ref reader, json), path[(name.Length + 1)..], out JsonTokenType nestedKind, out int within);
                found += within;
                kind = within > 0 ? nestedKind : kind;
                value = within > 0 ? nested : value;
            }
            else
            {
                reader.Skip();
            }
        }

        return value;
    }

    /// <summary>Whether a path continues within the member of that name.</summary>
    public static bool Leads(string name, string path) =>
        path.Length > name.Length + 1 && path[name.Length] == '.' && path.StartsWith(name, StringComparison.Ordinal);

    /// <summary>Returns the paths of all values within an object that are not objects themselves.</summary>
    public static IEnumerable<string> Leaves(ReadOnlyMemory<byte> json, string parent)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        foreach (string leaf in Leaves(document.RootElement, parent).Distinct(StringComparer.Ordinal))
        {
            yield return leaf;
        }
    }

    private static IEnumerable<string> Leaves(JsonElement element, string parent) => element.EnumerateObject().SelectMany(member =>
        member.Value.ValueKind == JsonValueKind.Object ? Leaves(member.Value, $"{parent}.{member.Name}") : [$"{parent}.{member.Name}"]);

    private static ReadOnlySpan<byte> Value(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        int start = (int)reader.TokenStartIndex;
        if (reader.TokenType == JsonTokenType.String)
        {
            return reader.ValueIsEscaped ? Encoding.UTF8.GetBytes(reader.GetString()!) : json.Slice(start + 1, reader.ValueSpan.Length);
        }

        bool isNull = reader.TokenType == JsonTokenType.Null;
        reader.Skip();
        return isNull ? default : json[start..(int)reader.BytesConsumed];
    }
}
