using System.Text.Json;

namespace Billing.Console.Json;

/// <summary>How a source compares with earlier runs, as JSON.</summary>
internal static class IngestDriftJson
{
    /// <summary>Writes the member of a report; null where nothing is told.</summary>
    public static void Write(Utf8JsonWriter json, IngestDrift? drift)
    {
        if (drift is null)
        {
            json.WriteNull("drift");
            return;
        }

        json.WriteStartObject("drift");
        json.WriteString("policy", drift.Policy switch { DriftPolicy.Ignore => "off", DriftPolicy.Warn => "warn", DriftPolicy.Stop => "stop", _ => "accept" });
        json.WriteBoolean("stopped", drift.IsStopped);
        json.WriteString("series", drift.Series);
        json.WriteStrings("runs", drift.Runs);
        json.WriteString("source", drift.Source);
        json.WriteStartArray("findings");
        foreach (DriftFinding finding in drift.Findings)
        {
            json.WriteStartObject();
            json.WriteString("kind", JsonNamingPolicy.SnakeCaseLower.ConvertName(finding.Kind.ToString()));
            json.WriteString("what", finding.What);
            json.WriteString("before", finding.Before);
            json.WriteString("now", finding.Now);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("notCompared", drift.NotCompared);
        json.WriteEndObject();
    }
}
