using System.Text.Json;
using Billing.Console.Reports;

namespace Billing.Console.Json;

/// <summary>The document of <c>revert</c>.</summary>
internal static class RevertJson
{
    public static void Write(Utf8JsonWriter json, RevertStatement statement)
    {
        json.WriteStartObject();
        json.WriteString("store", statement.Store);
        json.WriteString("id", statement.Id);
        json.WriteString("source", statement.Run?.Source);
        json.WriteStartArray("entries");
        foreach (LedgerEntry entry in statement.Entries)
        {
            EntryJson.Write(json, entry);
        }

        json.WriteEndArray();
        json.WriteStartArray("records");
        foreach ((RevertedRecords what, string? runId, ControlTotals totals) in statement.Shares)
        {
            json.WriteStartObject();
            json.WriteString("what", JsonNamingPolicy.SnakeCaseLower.ConvertName(what.ToString()));
            json.WriteString("runId", runId);
            json.WriteString("source", runId is null ? null : statement.Sources.GetValueOrDefault(runId));
            json.WriteNumber("rows", totals.Rows);
            TotalsJson.Write(json, "money", totals);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("quarantine");
        json.WriteNumber("closed", statement.Closed);
        json.WriteNumber("opened", statement.Opened);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
