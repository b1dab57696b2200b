using System.Text.Json;

namespace Billing.Console.Json;

/// <summary>A record as JSON.</summary>
internal static class RecordJson
{
    public static void Write(Utf8JsonWriter json, BillingRecord record)
    {
        json.WriteStartObject();
        json.WriteString("key", record.Key.ToString());
        json.WriteString("fingerprint", record.Fingerprint.ToString());
        json.WriteNumber("occurrence", record.Occurrence);
        json.WriteString("scope", record.Scope);
        json.WriteString("sourceId", record.SourceId);
        json.WriteDate("date", record.Date);
        json.WriteInstant("instant", record.Instant);
        json.WriteString("party", record.Party);
        json.WriteString("account", record.Account);
        json.WriteString("description", record.Description);
        WriteMoney(json, "amount", record.Amount);
        WriteMoney(json, "reportingAmount", record.ReportingAmount);
        WriteRate(json, record.ExchangeRate);
        json.WriteString("category", record.Category);
        json.WriteString("categoryRule", record.CategoryRule);
        json.WriteStrings("flags", record.Flags);
        json.WriteStrings("alerts", record.Alerts);
        json.WritePropertyName("attributes");
        WriteAttributes(json, record);
        WriteSource(json, record.Source);
        json.WriteString("runId", record.RunId);
        json.WriteEndObject();
    }

    public static void WriteAttributes(Utf8JsonWriter json, BillingRecord record)
    {
        json.WriteStartObject();
        foreach ((string name, string? value) in record.Attributes)
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
    }

    public static void WriteSource(Utf8JsonWriter json, RecordSource source)
    {
        json.WritePropertyName("source");
        JsonSerializer.Serialize(json, source, ValueJsonContext.Default.RecordSource);
    }

    private static void WriteMoney(Utf8JsonWriter json, string name, Money money)
    {
        json.WritePropertyName(name);
        JsonSerializer.Serialize(json, money, ValueJsonContext.Default.Money);
    }

    private static void WriteRate(Utf8JsonWriter json, ExchangeRate? rate)
    {
        json.WritePropertyName("exchangeRate");
        JsonSerializer.Serialize(json, rate, ValueJsonContext.Default.ExchangeRate!);
    }
}
