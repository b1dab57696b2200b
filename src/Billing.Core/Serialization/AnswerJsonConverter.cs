using System.Text.Json;
using System.Text.Json.Serialization;

namespace Billing.Serialization;

/// <summary>An answer as its text: <c>{"text":"yes"}</c>. What it does to a layout is code.</summary>
internal sealed class AnswerJsonConverter : JsonConverter<LayoutAnswer>
{
    public override LayoutAnswer Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("An answer is written for people to read; what it does to a layout does not come back from it.");

    public override void Write(Utf8JsonWriter writer, LayoutAnswer value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString(JsonParts.NameOf(options, nameof(LayoutAnswer.Text)), value.Text);
        writer.WriteEndObject();
    }
}
