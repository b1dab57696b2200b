using System.Text.Json;
using System.Text.Json.Serialization;
using Billing.Storage;

namespace Billing.Serialization;

/// <summary>Attributes as an object, in order, as stores keep them: the value of an attribute that is not part of the fingerprint is in brackets.</summary>
internal sealed class AttributesJsonConverter : JsonConverter<RecordAttributes>
{
    public override RecordAttributes Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        byte[] json = JsonParts.Raw(ref reader).ToArray();
        RecordAttributes attributes = JsonParts.Checked(() => JsonText.ReadAttributes(json));
        HashSet<string> seen = new(attributes.Count, StringComparer.Ordinal);
        foreach (string name in attributes.Names)
        {
            if (!seen.Add(name))
            {
                throw new JsonException($"The attribute '{name}' appears twice, so its value is not certain. Give each name once.");
            }
        }

        return attributes;
    }

    public override void Write(Utf8JsonWriter writer, RecordAttributes value, JsonSerializerOptions options) => JsonText.Write(writer, value);
}
