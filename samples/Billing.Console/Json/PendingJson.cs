using System.Text.Json;

namespace Billing.Console.Json;

/// <summary>The document of <c>pending</c>.</summary>
internal static class PendingJson
{
    public static void Write(Utf8JsonWriter json, IReadOnlyList<PendingTransaction> rows, IReadOnlyDictionary<RecordKey, BillingRecord> candidates)
    {
        json.WriteStartObject();
        json.WriteStartArray("pending");
        foreach (PendingTransaction row in rows)
        {
            json.WriteStartObject();
            json.WriteString("key", row.Key.ToString());
            RecordJson.WriteSource(json, row.Source);
            json.WriteString("scope", row.Scope);
            json.WriteDate("date", row.Date);
            json.WriteString("party", row.Party);
            json.WriteString("id", row.Id);
            json.WriteAmount("amount", row.Amount);
            json.WriteString("currency", row.CurrencyCode);
            json.WriteString("state", JsonNamingPolicy.SnakeCaseLower.ConvertName(row.State.ToString()));
            json.WriteString("postedAs", row.PostedAs?.ToString());
            json.WriteStartArray("candidates");
            foreach (BillingRecord candidate in row.Candidates.Where(candidates.ContainsKey).Select(key => candidates[key]))
            {
                json.WriteStartObject();
                json.WriteString("key", candidate.Key.ToString());
                RecordJson.WriteSource(json, candidate.Source);
                json.WriteDate("date", candidate.Date);
                json.WriteString("party", candidate.Party);
                json.WriteAmount("amount", candidate.Amount.Amount);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
