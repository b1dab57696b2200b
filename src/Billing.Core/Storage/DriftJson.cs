using System.Text.Json;

namespace Billing.Storage;

/// <summary>How a source compares with earlier runs, in a report. Reports that do not say so have no such member.</summary>
internal static class DriftJson
{
    public static void Write(Utf8JsonWriter json, IngestDrift? drift)
    {
        if (drift is null)
        {
            return;
        }

        json.WriteStartObject("drift");
        json.WriteString("policy", drift.Policy.ToString());
        json.WriteString("series", drift.Series);
        json.WriteStartArray("runs");
        foreach (string run in drift.Runs)
        {
            json.WriteStringValue(run);
        }

        json.WriteEndArray();
        json.WriteString("source", drift.Source);
        json.WriteStartArray("findings");
        foreach (DriftFinding finding in drift.Findings)
        {
            json.WriteStartObject();
            json.WriteString("kind", finding.Kind.ToString());
            json.WriteString("what", finding.What);
            json.WriteString("before", finding.Before);
            json.WriteString("now", finding.Now);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("notCompared", drift.NotCompared);
        json.WriteEndObject();
    }

    public static IngestDrift? Read(JsonElement report) => !report.TryGetProperty("drift", out JsonElement drift) ? null : new IngestDrift
    {
        Policy = Enum.Parse<DriftPolicy>(drift.GetProperty("policy").GetString()!),
        Series = drift.GetProperty("series").GetString()!,
        Runs = [.. drift.GetProperty("runs").EnumerateArray().Select(run => run.GetString()!)],
        Source = drift.GetProperty("source").GetString(),
        Findings = [.. drift.GetProperty("findings").EnumerateArray().Select(Finding)],
        NotCompared = drift.GetProperty("notCompared").GetString(),
    };

    private static DriftFinding Finding(JsonElement json) => new()
    {
        Kind = Enum.Parse<DriftKind>(json.GetProperty("kind").GetString()!),
        What = json.GetProperty("what").GetString()!,
        Before = json.GetProperty("before").GetString()!,
        Now = json.GetProperty("now").GetString()!,
    };
}
