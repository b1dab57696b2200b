using System.Text;
using System.Text.Json;
using Billing.Console.Explanations;

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
        WriteRecord(json, "record", explanation.Record);
        json.WriteString("canonicalForm", explanation.CanonicalForm.IsEmpty ? null : Encoding.UTF8.GetString(explanation.CanonicalForm.Span));
        WriteRecord(json, "stored", explanation.Stored);
        json.WritePropertyName("quarantine");
        if (explanation.Quarantined is { } quarantined)
        {
            QuarantineJson.Write(json, quarantined);
        }
        else
        {
            json.WriteNullValue();
        }

        json.WriteEndObject();
    }

    private static void WriteRecord(Utf8JsonWriter json, string name, BillingRecord? record)
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
