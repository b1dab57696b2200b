using System.Text.Json;

namespace Billing.Console.Json;

/// <summary>The document of <c>migrate</c>.</summary>
internal static class MigrateJson
{
    public static void Write(Utf8JsonWriter json, string store, StoreMigrationOptions options, StoreMigrationReport report)
    {
        json.WriteStartObject();
        json.WriteString("store", store);
        json.WriteBoolean("dryRun", options.IsDryRun);
        json.WriteNumber("records", report.Records);
        json.WriteNumber("changed", report.Changed);
        json.WriteNumber("runs", report.Runs);
        json.WriteNumber("becameEqualRecords", report.BecameEqualRecords);
        json.WriteStartArray("becameEqual");
        foreach (IReadOnlyList<BillingRecord> group in report.BecameEqual)
        {
            json.WriteStartArray();
            foreach (BillingRecord record in group)
            {
                RecordJson.Write(json, record);
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
