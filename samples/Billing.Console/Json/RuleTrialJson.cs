using System.Text.Json;

namespace Billing.Console.Json;

/// <summary>The document of <c>rules try</c>.</summary>
internal static class RuleTrialJson
{
    public static void Write(Utf8JsonWriter json, RuleTrialReport report)
    {
        json.WriteStartObject();
        WriteTotals(json, "records", report.Records);
        WriteTotals(json, "unchanged", report.Unchanged);
        WriteTotals(json, "refused", report.Refused);
        json.WriteStartArray("moves");
        foreach (CategoryMove move in report.Moves)
        {
            json.WriteStartObject();
            json.WriteString("from", move.From);
            json.WriteString("to", move.To);
            json.WriteNumber("rows", move.Totals.Rows);
            TotalsJson.Write(json, "reporting", move.Totals);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("rules");
        foreach (RuleUse rule in report.Rules)
        {
            json.WriteStartObject();
            json.WriteString("name", rule.Name);
            json.WriteBoolean("require", rule.IsRequirement);
            json.WriteNumber("matches", rule.Matches);
            json.WriteNumber("decides", rule.Decides);
            json.WriteStartArray("shadowedBy");
            foreach (string earlier in rule.ShadowedBy)
            {
                json.WriteStringValue(earlier);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteTotals(Utf8JsonWriter json, string name, ControlTotals totals)
    {
        json.WriteStartObject(name);
        json.WriteNumber("rows", totals.Rows);
        TotalsJson.Write(json, "reporting", totals);
        json.WriteEndObject();
    }
}
