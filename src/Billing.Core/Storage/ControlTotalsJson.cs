using System.Text.Json;

namespace Billing.Storage;

/// <summary>Control totals as stores keep them. Sums are texts, so that no reader takes them for binary floating point.</summary>
internal static class ControlTotalsJson
{
    public static void Write(Utf8JsonWriter json, string name, ControlTotals totals)
    {
        json.WriteStartObject(name);
        json.WriteNumber("rows", totals.Rows);
        json.WriteStartObject("money");
        foreach ((string currency, ExactSum sum) in totals.Money)
        {
            json.WriteString(currency, sum.ToString());
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    public static ControlTotals Read(JsonElement json, string name)
    {
        JsonElement totals = json.GetProperty(name);
        return new ControlTotals(
            totals.GetProperty("rows").GetInt64(),
            totals.GetProperty("money").EnumerateObject().ToDictionary(sum => sum.Name, sum => ExactSum.Parse(sum.Value.GetString()!)));
    }
}
