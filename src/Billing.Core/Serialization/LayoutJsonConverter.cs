using System.Text.Json;
using System.Text.Json.Serialization;
using Billing.Layouts;

namespace Billing.Serialization;

/// <summary>A layout as its file (docs/layout-file.md), without defaults and without the name.</summary>
internal sealed class LayoutJsonConverter : JsonConverter<SourceLayout>
{
    public override SourceLayout Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        byte[] json = JsonParts.Raw(ref reader).ToArray();
        return JsonParts.Checked(() => LayoutReader.Read(json, "layout") with { Name = null });
    }

    public override void Write(Utf8JsonWriter writer, SourceLayout value, JsonSerializerOptions options) => LayoutWriter.Write(writer, value);
}
