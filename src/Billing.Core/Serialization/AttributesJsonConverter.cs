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
        return json[0] == '{' ? JsonParts.Checked(() => JsonText.ReadAttributes(json)) : throw new JsonException("Attributes are an object.");
    }

    public override void Write(Utf8JsonWriter writer, RecordAttributes value, JsonSerializerOptions options) => JsonText.Write(writer, value);
}
