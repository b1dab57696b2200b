using System.Text.Json;

namespace Billing.Console.Json;

/// <summary>Amounts by currency as JSON.</summary>
internal static class TotalsJson
{
    /// <summary>Rows and money as an object.</summary>
    public static void WriteObject(Utf8JsonWriter json, string name, ControlTotals totals)
    {
        json.WriteStartObject(name);
        json.WriteNumber("rows", totals.Rows);
        Write(json, "money", totals);
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, string name, ControlTotals totals)
    {
        json.WriteStartArray(name);
        foreach ((string currency, ExactSum sum) in totals.Money)
        {
            json.WriteStartObject();
            json.WriteString("currency", currency);
            json.WriteAmount("amount", sum);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
