using System.Text.Json;

namespace Billing.Lambda.Functions;

/// <summary>The result of a file, for the caller of the function.</summary>
internal static class FileReply
{
    public static void Write(Utf8JsonWriter json, IngestReport report)
    {
        json.WriteStartObject();
        json.WriteString("source", report.Source);
        json.WriteString("run_id", report.RunId);
        json.WriteNumber("read", report.Read.Rows);
        json.WriteNumber("stored", report.Stored.Rows);
        json.WriteNumber("duplicate", report.Duplicate.Rows);
        json.WriteNumber("conflict", report.Conflict.Rows);
        json.WriteNumber("quarantined", report.Quarantined.Rows);
        json.WriteEndObject();
    }
}
