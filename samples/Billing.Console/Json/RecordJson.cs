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
        json.WriteStartObject("source");
        json.WriteString("name", source.Name);
        json.WriteNumber("line", source.Line);
        json.WriteNumber("byteOffset", source.ByteOffset);
        json.WriteEndObject();
    }
}
