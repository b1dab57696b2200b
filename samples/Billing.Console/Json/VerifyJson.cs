using System.Text.Json;
using Billing.Console.Reports;

namespace Billing.Console.Json;

/// <summary>The parts of the document of <c>verify</c>.</summary>
internal static class VerifyJson
{
    public static void Write(Utf8JsonWriter json, StoreFault fault)
    {
        json.WriteStartObject();
        json.WriteString("fault", JsonNamingPolicy.SnakeCaseLower.ConvertName(fault.Kind.ToString()));
        json.WriteString("key", fault.Key?.ToString());
        if (fault.Source is { } source)
        {
            RecordJson.WriteSource(json, source);
        }
        else
        {
            json.WriteNull("source");
        }

        json.WriteString("runId", fault.RunId);
        json.WriteString("detail", fault.Detail);
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, StoreDifference difference)
    {
        json.WriteStartObject();
        json.WriteString("difference", JsonNamingPolicy.SnakeCaseLower.ConvertName(difference.Kind.ToString()));
        json.WriteBoolean("quarantined", difference.IsQuarantined);
        json.WriteString("key", difference.Key.ToString());
        RecordJson.WriteSource(json, difference.Source);
        json.WriteStartArray("fields");
        foreach (FieldDifference field in difference.Fields)
        {
            json.WriteStartObject();
            json.WriteString("field", field.Field);
            json.WriteString("value", field.Value);
            json.WriteString("otherValue", field.OtherValue);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Writes the last members, which are known at the end.</summary>
    /// <param name="json">The writer.</param>
    /// <param name="result">What was found.</param>
    /// <param name="isComplete">Whether everything was read: what was not is not proved.</param>
    public static void WriteEnd(Utf8JsonWriter json, VerifyResult result, bool isComplete)
    {
        json.WriteNumber("records", result.Verification.Records.Rows);
        TotalsJson.Write(json, "billed", result.Verification.Records);
        json.WriteNumber("runs", result.Verification.Runs);
        json.WriteNumber("seals", result.Last?.Number ?? 0);
        SealJson.Write(json, "head", result.Head);
        json.WriteStartObject("notRecomputed");
        foreach ((string why, long count) in result.Verification.NotRecomputed)
        {
            json.WriteNumber(why, count);
        }

        json.WriteEndObject();
        json.WriteStartArray("notSealed");
        foreach (StoreFault open in result.NotSealed)
        {
            Write(json, open);
        }

        json.WriteEndArray();
        if (result.Comparison is { } comparison)
        {
            json.WriteNumber("otherRecords", comparison.OtherRecords);
        }
        else
        {
            json.WriteNull("otherRecords");
        }

        json.WriteBoolean("verified", isComplete && result.Faults == 0);
        json.WriteBoolean("equal", isComplete && result.Differences == 0);
    }
}
