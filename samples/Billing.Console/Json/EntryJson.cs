using System.Text.Json;
using Billing.Console.Reports;

namespace Billing.Console.Json;

/// <summary>Entries, and what they changed, as JSON.</summary>
internal static class EntryJson
{
    public static void Write(Utf8JsonWriter json, LedgerEntry entry)
    {
        json.WriteStartObject();
        json.WriteString("id", entry.Id);
        json.WriteString("kind", EntryText.Kind(entry));
        json.WriteNumber("number", entry.Number);
        json.WriteString("of", entry.Of);
        json.WriteString("reason", entry.Reason);
        json.WriteInstant("startedAt", entry.StartedAt);
        json.WriteInstant("endedAt", entry.EndedAt);
        TotalsJson.WriteObject(json, "takenOut", entry.TakenOut);
        TotalsJson.WriteObject(json, "putBack", entry.PutBack);
        json.WriteNumber("changed", entry.Changed);
        TotalsJson.WriteObject(json, "difference", entry.Difference);
        json.WriteString("revertedBy", entry.RevertedBy);
        if (entry.Month is { } month)
        {
            json.WriteString("month", month.ToString());
            json.WriteString("document", entry.Document);
        }

        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, RecordChange change)
    {
        json.WriteStartObject();
        json.WriteString("change", EntryText.Of(change).Replace(' ', '_'));
        json.WriteString("key", change.Key.ToString());
        Write(json, "before", change.From);
        Write(json, "after", change.To);
        json.WriteEndObject();
    }

    /// <summary>A record under a name, or null.</summary>
    public static void Write(Utf8JsonWriter json, string name, BillingRecord? record)
    {
        json.WritePropertyName(name);
        if (record is null)
        {
            json.WriteNullValue();
        }
        else
        {
            RecordJson.Write(json, record);
        }
    }
}
