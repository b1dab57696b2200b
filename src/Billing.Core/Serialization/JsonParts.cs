using System.Runtime.InteropServices;
using System.Text.Json;

namespace Billing.Serialization;

/// <summary>What the converters have in common.</summary>
internal static class JsonParts
{
    /// <summary>A member's name, as the options have it.</summary>
    public static string NameOf(JsonSerializerOptions options, string name) => options.PropertyNamingPolicy?.ConvertName(name) ?? name;

    /// <summary>Reads the object that comes next.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static JsonElement Object(ref Utf8JsonReader reader, string what) => JsonElement.ParseValue(ref reader) is { ValueKind: JsonValueKind.Object } json
        ? json
        : throw new JsonException($"{what} is an object.");

    /// <summary>The member of that name, in any case.</summary>
    /// <exception cref="JsonException">There is none, or more than one.</exception>
    public static JsonElement Member(JsonElement json, string name)
    {
        JsonElement? found = null;
        foreach (JsonProperty member in json.EnumerateObject())
        {
            if (member.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                found = found is null ? member.Value : throw new JsonException($"'{name}' appears twice, so its value is not certain. Give it once.");
            }
        }

        return found ?? throw new JsonException($"There is no '{name}'.");
    }

    /// <summary>The text of a member; null for null.</summary>
    /// <exception cref="JsonException">The member is missing, or is not a string.</exception>
    public static string? Text(JsonElement json, string name) => Member(json, name) is { ValueKind: JsonValueKind.String or JsonValueKind.Null } text
        ? text.GetString()
        : throw new JsonException($"'{name}' is a text.");

    /// <summary>The bytes of the value that comes next, as they stand.</summary>
    public static ReadOnlySpan<byte> Raw(ref Utf8JsonReader reader) => JsonMarshal.GetRawUtf8Value(JsonElement.ParseValue(ref reader));

    /// <summary>Reads a value whose parser says itself what is wrong.</summary>
    /// <exception cref="JsonException">The parser refuses it.</exception>
    public static T Checked<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception wrong) when (wrong is FormatException or BillingConfigurationException or ArgumentException or InvalidOperationException)
        {
            throw new JsonException(wrong.Message, wrong);
        }
    }
}
