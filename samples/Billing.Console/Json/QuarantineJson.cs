using System.Text.Json;

namespace Billing.Console.Json;

/// <summary>A quarantined record as JSON.</summary>
internal static class QuarantineJson
{
    public static void Write(Utf8JsonWriter json, QuarantinedRecord record)
    {
        json.WriteStartObject();
        json.WriteString("key", record.Key.ToString());
        RecordJson.WriteSource(json, record.Source);
        json.WriteString("runId", record.RunId);
        json.WriteString("scope", record.Scope);
        json.WriteString("reason", record.Reason);
        json.WriteString("detail", record.Detail);
        json.WriteString("raw", record.RawText);
        json.WriteNumber("rawLength", record.RawLength);
        json.WriteString("format", record.Format == SourceFormat.Json ? "json" : "csv");
        if (record.Amount is { } amount)
        {
            json.WriteAmount("amount", amount);
        }
        else
        {
            json.WriteNull("amount");
        }

        json.WriteString("currency", record.CurrencyCode);
        json.WriteString("resolvedByRunId", record.ResolvedByRunId);
        json.WriteString("dismissed", record.Dismissal);
        json.WriteString("postedAs", record.PostedAs?.ToString());
        json.WriteString("supersededByRunId", record.SupersededByRunId);
        json.WriteEndObject();
    }
}
