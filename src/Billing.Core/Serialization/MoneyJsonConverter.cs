using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Billing.Serialization;

/// <summary>An amount of money: <c>{"amount":"12.50","currency":"EUR"}</c>.</summary>
internal sealed class MoneyJsonConverter : JsonConverter<Money>
{
    public override Money Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        JsonElement json = JsonParts.Object(ref reader, "An amount of money");
        JsonElement amount = JsonParts.Member(json, nameof(Money.Amount));
        string? text = amount.ValueKind == JsonValueKind.Number ? amount.GetRawText() : JsonParts.Text(json, nameof(Money.Amount));
        string? code = JsonParts.Text(json, nameof(Money.Currency));
        return Money.TryParseAmount(text, out decimal number) && Currency.TryParse(code, out Currency? currency)
            ? new Money(number, currency)
            : throw new JsonException($"'{text}' with '{code}' is not an amount of at most 28 digits with an ISO 4217 currency.");
    }

    public override void Write(Utf8JsonWriter writer, Money value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString(JsonParts.NameOf(options, nameof(Money.Amount)), value.Amount.ToString(CultureInfo.InvariantCulture));
        writer.WriteString(JsonParts.NameOf(options, nameof(Money.Currency)), value.Currency?.Code);
        writer.WriteEndObject();
    }
}
