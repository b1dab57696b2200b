using System.Text.Json;
using Billing.Console.Reports;
using Billing.Console.Stores;

namespace Billing.Console.Json;

/// <summary>The document of <c>rounding</c>.</summary>
internal static class RoundingJson
{
    public static void Write(Utf8JsonWriter json, IReadOnlyList<ConversionRounding> rows, AsOf? asOf)
    {
        json.WriteStartObject();
        AsOfView.WriteJson(json, asOf);
        json.WriteStartArray("rounding");
        foreach (ConversionRounding row in rows)
        {
            json.WriteStartObject();
            json.WriteString("runId", row.RunId);
            json.WriteString("source", row.Source);
            json.WriteString("currency", row.Currency);
            json.WriteString("reportingCurrency", row.ReportingCurrency);
            json.WriteNumber("rows", row.Rows);
            json.WriteAmount("amount", row.Amount);
            json.WriteAmount("exact", row.Exact);
            json.WriteAmount("stored", row.Stored);
            json.WriteAmount("difference", row.Difference);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
