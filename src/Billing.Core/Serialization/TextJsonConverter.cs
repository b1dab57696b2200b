using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Billing.Serialization;

/// <summary>A value as its text, also as a name in an object.</summary>
/// <param name="takesNumbers">Whether a number is read by its digits.</param>
internal sealed class TextJsonConverter<T>(bool takesNumbers = false) : JsonConverter<T>
    where T : ISpanParsable<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String => Of(reader.GetString()!),
        JsonTokenType.Number when takesNumbers => Of(Encoding.UTF8.GetString(JsonParts.Raw(ref reader))),
        _ => throw new JsonException($"A {typeof(T).Name} is a text."),
    };

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());

    public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Of(reader.GetString()!);

    public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WritePropertyName(value.ToString()!);

    private static T Of(string text) => JsonParts.Checked(() => T.Parse(text, CultureInfo.InvariantCulture));
}
