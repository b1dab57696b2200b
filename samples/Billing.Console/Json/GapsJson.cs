using System.Text.Json;

namespace Billing.Console.Json;

/// <summary>The document of <c>gaps</c>.</summary>
internal static class GapsJson
{
    public static void Write(Utf8JsonWriter json, IReadOnlyList<StatementGap> gaps)
    {
        json.WriteStartObject();
        json.WriteStartArray("gaps");
        foreach (StatementGap gap in gaps)
        {
            json.WriteStartObject();
            json.WriteString("scope", gap.Scope);
            json.WriteString("currency", gap.Currency.Length == 0 ? null : gap.Currency);
            json.WriteStartObject("before");
            json.WriteString("source", gap.Before);
            json.WriteString("runId", gap.BeforeRunId);
            json.WriteDate("lastDate", gap.LastDate);
            json.WriteAmount("closing", gap.Closing);
            json.WriteEndObject();
            json.WriteStartObject("after");
            json.WriteString("source", gap.After);
            json.WriteString("runId", gap.AfterRunId);
            json.WriteDate("firstDate", gap.FirstDate);
            json.WriteAmount("opening", gap.Opening);
            json.WriteEndObject();
            json.WriteAmount("missing", gap.Missing);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
