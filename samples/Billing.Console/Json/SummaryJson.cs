using System.Text.Json;
using Billing.Console.Reports;
using Billing.Console.Stores;

namespace Billing.Console.Json;

/// <summary>The document of <c>summary</c>.</summary>
internal static class SummaryJson
{
    public static void Write(Utf8JsonWriter json, SummaryBy by, IReadOnlyList<SummaryRow> rows, AsOf? asOf = null)
    {
        json.WriteStartObject();
        AsOfView.WriteJson(json, asOf);
        json.WriteString("by", by.ToString().ToLowerInvariant());
        json.WriteStartArray("groups");
        ControlTotals billed = ControlTotals.Zero;
        ControlTotals reporting = ControlTotals.Zero;
        foreach (SummaryRow row in rows)
        {
            json.WriteStartObject();
            json.WriteString("group", row.Group);
            WriteTotals(json, row.Billed, row.Reporting);
            json.WriteEndObject();
            billed += row.Billed;
            reporting += row.Reporting;
        }

        json.WriteEndArray();
        json.WriteStartObject("total");
        WriteTotals(json, billed, reporting);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteTotals(Utf8JsonWriter json, ControlTotals billed, ControlTotals reporting)
    {
        json.WriteNumber("rows", billed.Rows);
        TotalsJson.Write(json, "billed", billed);
        TotalsJson.Write(json, "reporting", reporting);
    }
}
