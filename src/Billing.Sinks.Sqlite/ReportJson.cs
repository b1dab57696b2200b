using System.Buffers;
using System.Text.Json;

namespace Billing.Sinks.Sqlite;

/// <summary>A report as JSON; sums are strings, so that no reader rounds them.</summary>
internal static class ReportJson
{
    public static ReadOnlySpan<byte> Write(IngestReport run)
    {
        ArrayBufferWriter<byte> buffer = new(1024);
        using (Utf8JsonWriter json = new(buffer))
        {
            json.WriteStartObject();
            json.WriteString("runId", run.RunId);
            json.WriteString("source", run.Source);
            json.WriteString("sha256", run.Sha256);
            json.WriteNumber("bytes", run.Bytes);
            json.WriteString("scope", run.Scope);
            json.WriteString("startedAt", InstantText.Of(run.StartedAt));
            json.WriteNumber("elapsedTicks", run.Elapsed.Ticks);
            json.WriteString("status", StatusText(run.Status));
            json.WriteString("error", run.Error);
            json.WriteString("reportingCurrency", run.ReportingCurrency);
            Write(json, "read", run.Read);
            Write(json, "stored", run.Stored);
            Write(json, "duplicate", run.Duplicate);
            Write(json, "conflict", run.Conflict);
            Write(json, "quarantined", run.Quarantined);
            Write(json, "storedInReportingCurrency", run.StoredInReportingCurrency);
            json.WriteStartObject("reasons");
            foreach ((string reason, long rows) in run.Reasons)
            {
                json.WriteNumber(reason, rows);
            }

            json.WriteEndObject();
            json.WriteStartArray("duplicatesFromOtherSources");
            foreach (DuplicateOrigin origin in run.DuplicatesFromOtherSources)
            {
                json.WriteStartObject();
                json.WriteString("source", origin.Source);
                json.WriteNumber("rows", origin.Rows);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("warnings");
            foreach (string warning in run.Warnings)
            {
                json.WriteStringValue(warning);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan;
    }

    public static IngestReport Read(ReadOnlySpan<byte> utf8)
    {
        Utf8JsonReader reader = new(utf8);
        using JsonDocument document = JsonDocument.ParseValue(ref reader);
        JsonElement json = document.RootElement;
        return new IngestReport
        {
            RunId = Text(json, "runId")!,
            Source = Text(json, "source")!,
            Sha256 = Text(json, "sha256"),
            Bytes = json.GetProperty("bytes").GetInt64(),
            Scope = Text(json, "scope"),
            StartedAt = InstantText.ToInstant(Text(json, "startedAt")!),
            Elapsed = TimeSpan.FromTicks(json.GetProperty("elapsedTicks").GetInt64()),
            Status = Status(Text(json, "status")!),
            Error = Text(json, "error"),
            ReportingCurrency = Text(json, "reportingCurrency")!,
            Read = Totals(json, "read"),
            Stored = Totals(json, "stored"),
            Duplicate = Totals(json, "duplicate"),
            Conflict = Totals(json, "conflict"),
            Quarantined = Totals(json, "quarantined"),
            StoredInReportingCurrency = Totals(json, "storedInReportingCurrency"),
            Reasons = new SortedDictionary<string, long>(json.GetProperty("reasons").EnumerateObject().ToDictionary(reason => reason.Name, reason => reason.Value.GetInt64()), StringComparer.Ordinal),
            DuplicatesFromOtherSources = [.. json.GetProperty("duplicatesFromOtherSources").EnumerateArray().Select(origin => new DuplicateOrigin(Text(origin, "source")!, origin.GetProperty("rows").GetInt64()))],
            Warnings = [.. json.GetProperty("warnings").EnumerateArray().Select(warning => warning.GetString()!)],
        };
    }

    public static string StatusText(RunStatus status) => status switch
    {
        RunStatus.Running => "running",
        RunStatus.Completed => "completed",
        RunStatus.Failed => "failed",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "This is no status of a run."),
    };

    private static RunStatus Status(string text) => text switch
    {
        "running" => RunStatus.Running,
        "completed" => RunStatus.Completed,
        "failed" => RunStatus.Failed,
        _ => throw new InvalidDataException($"'{text}' is no status of a run: another program has written to the file."),
    };

    private static void Write(Utf8JsonWriter json, string name, ControlTotals totals)
    {
        json.WriteStartObject(name);
        json.WriteNumber("rows", totals.Rows);
        json.WriteStartObject("money");
        foreach ((string code, ExactSum sum) in totals.Money)
        {
            json.WriteString(code, sum.ToString());
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static ControlTotals Totals(JsonElement json, string name)
    {
        JsonElement totals = json.GetProperty(name);
        return new ControlTotals(
            totals.GetProperty("rows").GetInt64(),
            totals.GetProperty("money").EnumerateObject().ToDictionary(sum => sum.Name, sum => ExactSum.Parse(sum.Value.GetString()!)));
    }

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();
}
