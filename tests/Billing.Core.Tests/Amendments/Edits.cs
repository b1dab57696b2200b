using System.Text.Json;
using System.Text.Json.Nodes;
using Billing.Amendments;
using Billing.Storage;

namespace Billing.Core.Tests.Amendments;

/// <summary>Edits of stored records, as somebody who may write to the tables can make them.</summary>
internal static class Edits
{
    /// <summary>Returns a record with another value in one column.</summary>
    public static BillingRecord Of(BillingRecord record, string column, string? value = null)
    {
        JsonObject json = JsonNode.Parse(ChangeDocuments.Amend("x", record, null).Document.Body.Span)!["from"]!.AsObject();
        string name = column.Split(':')[0];
        json[name] = column switch
        {
            "line" or "byte_offset" or "occurrence" => (long)json[name]! + 1,
            "key" or "fingerprint" => "ff" + (string)json[name]!.AsValue()!.GetValue<string>()[2..],
            "date" => "2025-02-27",
            "rate_date" => "2025-02-26",
            "instant" => "2025-02-28T18:14:58.1234560+00:00",
            "amount" or "reporting_amount" or "rate" => value ?? json[name]!.GetValue<string>() + "0",
            "currency" => "EUR",
            "reporting_currency" => "EUR",
            "flags" or "alerts" => new JsonArray("weekend"),
            "attributes" => JsonNode.Parse("""{"vat":"2.5","note":[null],"empty":""}"""),
            "attributes: ignored" => JsonNode.Parse("""{"vat":"2.50","note":null,"empty":""}"""),
            "party: blank" => json[name]!.GetValue<string>() + " ",
            "description: gone" => null,
            _ => value ?? json[name]?.GetValue<string>() + "x",
        };
        if (json[name] is null)
        {
            json.Remove(name);
        }

        using JsonDocument document = JsonDocument.Parse(json.ToJsonString());
        return RecordFields.Read(new RecordJsonReader(document.RootElement));
    }
}
