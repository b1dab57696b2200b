using System.Text.Json;
using System.Text.Json.Serialization;
using Billing.Layouts;
using Billing.Settings;

namespace Billing.Serialization;

/// <summary>A number format as the <c>numbers</c> of a layout file.</summary>
internal sealed class NumberFormatJsonConverter : JsonConverter<NumberFormat>
{
    public override NumberFormat Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        byte[] json = JsonParts.Raw(ref reader).ToArray();
        return JsonParts.Checked(() => LayoutReader.Numbers(new SettingsMember("numbers", 1, SettingsJson.Parse(json, "numbers"))));
    }

    public override void Write(Utf8JsonWriter writer, NumberFormat value, JsonSerializerOptions options) => LayoutWriter.Write(writer, value);
}
