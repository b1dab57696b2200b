using System.Text.Json;

namespace Billing.Console.Json;

/// <summary>The document of <c>erase</c>.</summary>
internal static class EraseJson
{
    public static void Write(Utf8JsonWriter json, string store, LedgerErasureReport report)
    {
        json.WriteStartObject();
        json.WriteString("store", store);
        json.WritePropertyName("entry");
        if (report.Entry is null)
        {
            json.WriteNullValue();
        }
        else
        {
            EntryJson.Write(json, report.Entry);
        }

        json.WriteNumber("records", report.Records);
        json.WriteNumber("changes", report.Changes);
        json.WriteNumber("quarantined", report.Quarantined);
        json.WriteNumber("closed", report.Closed);
        json.WriteStartObject("fields");
        foreach ((string field, long count) in report.Fields)
        {
            json.WriteNumber(field, count);
        }

        json.WriteEndObject();
        json.WriteStrings("remaining", report.Remaining);
        json.WriteEndObject();
    }
}
