using System.Text.Json;
using Billing.Console.Reports;

namespace Billing.Console.Json;

/// <summary>The document of <c>ingest</c> and of <c>quarantine replay</c>.</summary>
internal static class IngestJson
{
    public static void Write(Utf8JsonWriter json, IngestStatement statement)
    {
        json.WriteStartObject();
        json.WriteString("store", statement.Store);
        json.WriteBoolean("dryRun", statement.IsDryRun);
        json.WriteStartArray("sources");
        foreach (IngestReport report in statement.Reports)
        {
            json.WriteStartObject();
            IngestReportJson.WriteMembers(json, report, report.IsBalanced);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("total");
        IngestReportJson.WriteMembers(json, statement.Total, statement.IsBalanced);
        json.WriteEndObject();
        json.WriteStrings("errors", statement.Errors);
        json.WriteEndObject();
    }
}
