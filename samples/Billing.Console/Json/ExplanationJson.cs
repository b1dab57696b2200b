using System.Text;
using System.Text.Json;
using Billing.Console.Explanations;
using Billing.Console.Reports;

namespace Billing.Console.Json;

/// <summary>The document of <c>explain</c>.</summary>
internal static class ExplanationJson
{
    public static void Write(Utf8JsonWriter json, string asked, IReadOnlyList<Explanation> explanations)
    {
        json.WriteStartObject();
        json.WriteString("asked", asked);
        json.WriteStartArray("records");
        foreach (Explanation explanation in explanations)
        {
            Write(json, explanation);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Explanation explanation)
    {
        json.WriteStartObject();
        json.WriteString("outcome", JsonNamingPolicy.SnakeCaseLower.ConvertName(explanation.Outcome.ToString()));
        json.WriteString("explanation", explanation.Sentence);
        RecordJson.WriteSource(json, explanation.Source);
        json.WriteString("raw", explanation.RawText);
        EntryJson.Write(json, "record", explanation.Record);
        json.WriteString("canonicalForm", explanation.CanonicalForm.IsEmpty ? null : Encoding.UTF8.GetString(explanation.CanonicalForm.Span));
        EntryJson.Write(json, "stored", explanation.Stored);
        json.WritePropertyName("quarantine");
        if (explanation.Quarantined is { } quarantined)
        {
            QuarantineJson.Write(json, quarantined);
        }
        else
        {
            json.WriteNullValue();
        }

        json.WriteStartArray("changes");
        foreach (RecordEvent change in explanation.Life)
        {
            Write(json, change);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, RecordEvent change)
    {
        json.WriteStartObject();
        json.WriteString("change", EntryText.Of(change.Change).Replace(' ', '_'));
        json.WriteInstant("at", change.At);
        json.WriteString("runId", change.Run?.RunId);
        json.WritePropertyName("entry");
        if (change.Entry is { } entry)
        {
            EntryJson.Write(json, entry);
        }
        else
        {
            json.WriteNullValue();
        }

        EntryJson.Write(json, "before", change.Change.From);
        EntryJson.Write(json, "after", change.Change.To);
        json.WriteEndObject();
    }
}
