using System.Text.Json;
using Billing.Storage;

namespace Billing.Console.Json;

/// <summary>A record as JSON.</summary>
internal static class RecordJson
{
    public static void Write(Utf8JsonWriter json, BillingRecord record)
    {
        json.WriteStartObject();
        RecordFields.Write(record, new RecordJsonFields(json));
        json.WriteEndObject();
    }

    public static void WriteAttributes(Utf8JsonWriter json, RecordAttributes attributes)
    {
        json.WriteStartObject();
        foreach ((string name, string? value) in attributes)
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
}
