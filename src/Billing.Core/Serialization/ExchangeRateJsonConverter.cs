using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Billing.Serialization;

/// <summary>A rate: <c>{"base":"EUR","quote":"USD","rate":"1.1684/0.87058","date":"2025-06-30","source":"ECB"}</c>.</summary>
internal sealed class ExchangeRateJsonConverter : JsonConverter<ExchangeRate>
{
    private const string Rate = "Rate";

    public override ExchangeRate Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        JsonElement json = JsonParts.Object(ref reader, "A rate");
        return JsonParts.Checked(() => ExchangeRate.FromValueText(
            Currency.Parse(Required(json, nameof(ExchangeRate.Base))),
            Currency.Parse(Required(json, nameof(ExchangeRate.Quote))),
            Required(json, Rate),
            JsonParts.Text(json, nameof(ExchangeRate.Date)) is { } date ? DateOnly.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture) : null,
            Required(json, nameof(ExchangeRate.Source))));
    }

    public override void Write(Utf8JsonWriter writer, ExchangeRate value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString(JsonParts.NameOf(options, nameof(ExchangeRate.Base)), value.Base.Code);
        writer.WriteString(JsonParts.NameOf(options, nameof(ExchangeRate.Quote)), value.Quote.Code);
        writer.WriteString(JsonParts.NameOf(options, Rate), value.ValueText);
        writer.WriteString(JsonParts.NameOf(options, nameof(ExchangeRate.Date)), value.Date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        writer.WriteString(JsonParts.NameOf(options, nameof(ExchangeRate.Source)), value.Source);
        writer.WriteEndObject();
    }

    private static string Required(JsonElement json, string name) => JsonParts.Text(json, name) ?? throw new JsonException($"'{name}' is a text.");
}
