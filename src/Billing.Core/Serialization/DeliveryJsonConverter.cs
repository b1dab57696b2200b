using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Billing.Serialization;

/// <summary>A delivery: <c>{"scope":"acme","from":"2025-06-01","to":"2025-06-30","version":null}</c>.</summary>
internal sealed class DeliveryJsonConverter : JsonConverter<Delivery>
{
    public override Delivery Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        JsonElement json = JsonParts.Object(ref reader, "A delivery");
        return JsonParts.Checked(() => Delivery.Replace(
            JsonParts.Text(json, nameof(Delivery.Scope)) ?? throw new JsonException("'Scope' is a text."),
            DateOf(json, nameof(Delivery.From)),
            DateOf(json, nameof(Delivery.To)),
            JsonParts.Text(json, nameof(Delivery.Version))));
    }

    public override void Write(Utf8JsonWriter writer, Delivery value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString(JsonParts.NameOf(options, nameof(Delivery.Scope)), value.Scope);
        writer.WriteString(JsonParts.NameOf(options, nameof(Delivery.From)), value.From.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        writer.WriteString(JsonParts.NameOf(options, nameof(Delivery.To)), value.To.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        writer.WriteString(JsonParts.NameOf(options, nameof(Delivery.Version)), value.Version);
        writer.WriteEndObject();
    }

    private static DateOnly DateOf(JsonElement json, string name) => JsonParts.Text(json, name) is { } text
        ? DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture)
        : throw new JsonException($"'{name}' is a date, such as 2025-06-30.");
}
