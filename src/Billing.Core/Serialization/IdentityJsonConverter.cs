using System.Text.Json;
using System.Text.Json.Serialization;
using Billing.Layouts;
using Billing.Settings;

namespace Billing.Serialization;

/// <summary>An identity as in a layout file: its text, or an object where a name has a comma in it.</summary>
internal sealed class IdentityJsonConverter : JsonConverter<RecordIdentity>
{
    public override RecordIdentity? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        byte[] json = JsonParts.Raw(ref reader).ToArray();
        return JsonParts.Checked(() => LayoutReader.Identity(new SettingsMember("identity", 1, SettingsJson.Parse(json, "identity"))));
    }

    public override void Write(Utf8JsonWriter writer, RecordIdentity value, JsonSerializerOptions options) => LayoutWriter.Write(writer, value);
}
