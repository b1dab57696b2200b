using System.Text.Json;

namespace Billing.Console.Json;

/// <summary>The document of <c>export audit</c>.</summary>
internal static class AuditJson
{
    public static void Write(Utf8JsonWriter json, string store, string output, (DateOnly From, DateOnly To)? period, AuditBundleReport report)
    {
        json.WriteStartObject();
        json.WriteString("store", store);
        json.WriteString("out", output);
        json.WriteDate("from", period?.From);
        json.WriteDate("to", period?.To);
        json.WriteNumber("records", report.Records);
        json.WriteNumber("quarantined", report.Quarantined);
        json.WriteNumber("runs", report.Runs);
        json.WriteNumber("entries", report.Entries);
        json.WriteNumber("changes", report.Changes);
        json.WriteNumber("seals", report.Seals);
        json.WriteNumber("notSealed", report.NotSealed);
        json.WriteString("manifestSha256", report.ManifestSha256);
        SealJson.Write(json, "head", report.Head);
        json.WriteEndObject();
    }
}
