using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Billing.Storage;

/// <summary>Reads and writes a run's report as JSON. Sums are texts, so that no reader takes them for binary floating point.</summary>
internal static class ReportJson
{
    // Reports of versions that knew only the first form do not state it.
    private const int FirstForm = 1;

    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a report, in UTF-8.</summary>
    public static ReadOnlySpan<byte> Write(IngestReport report)
    {
        ArrayBufferWriter<byte> buffer = new(1024);
        using (Utf8JsonWriter json = new(buffer, s_options))
        {
            json.WriteStartObject();
            json.WriteString("runId", report.RunId);
            json.WriteString("source", report.Source);
            json.WriteString("sha256", report.Sha256);
            json.WriteNumber("bytes", report.Bytes);
            json.WriteString("scope", report.Scope);
            json.WriteString("startedAt", report.StartedAt.ToString("O", CultureInfo.InvariantCulture));
            json.WriteString("elapsed", report.Elapsed.ToString("c", CultureInfo.InvariantCulture));
            json.WriteString("status", report.Status.ToString());
            json.WriteString("error", report.Error);
            if (report.EndedEarly)
            {
                json.WriteBoolean("endedEarly", true);
            }

            if (report.KnownFrom is { } known)
            {
                json.WriteString("knownFrom", known);
            }

            if (report.ReplayOf is { } replayed)
            {
                json.WriteString("replayOf", replayed);
            }

            if (report.Delivery is { } delivery)
            {
                json.WriteStartObject("delivery");
                json.WriteString("scope", delivery.Scope);
                json.WriteString("from", delivery.From.ToString("O", CultureInfo.InvariantCulture));
                json.WriteString("to", delivery.To.ToString("O", CultureInfo.InvariantCulture));
                json.WriteString("version", delivery.Version);
                json.WriteEndObject();
                ControlTotalsJson.Write(json, "superseded", report.Superseded);
            }

            if (report.Removed.Rows > 0)
            {
                ControlTotalsJson.Write(json, "removed", report.Removed);
            }

            if (report.Pending.Rows > 0)
            {
                ControlTotalsJson.Write(json, "pending", report.Pending);
            }

            if (report.PendingReplaced.Rows > 0)
            {
                ControlTotalsJson.Write(json, "pendingReplaced", report.PendingReplaced);
            }

            if (report.RevertedBy is { } reverted)
            {
                json.WriteString("revertedBy", reverted);
            }

            json.WriteNumber("canonicalForm", report.CanonicalForm);
            json.WriteString("reportingCurrency", report.ReportingCurrency);
            ControlTotalsJson.Write(json, "read", report.Read);
            ControlTotalsJson.Write(json, "stored", report.Stored);
            ControlTotalsJson.Write(json, "duplicate", report.Duplicate);
            ControlTotalsJson.Write(json, "conflict", report.Conflict);
            ControlTotalsJson.Write(json, "quarantined", report.Quarantined);
            ControlTotalsJson.Write(json, "storedInReportingCurrency", report.StoredInReportingCurrency);
            json.WriteStartObject("reasons");
            foreach ((string reason, long rows) in report.Reasons)
            {
                json.WriteNumber(reason, rows);
            }

            json.WriteEndObject();
            json.WriteStartArray("duplicatesFromOtherSources");
            foreach (DuplicateOrigin origin in report.DuplicatesFromOtherSources)
            {
                json.WriteStartObject();
                json.WriteString("source", origin.Source);
                json.WriteNumber("rows", origin.Rows);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("warnings");
            foreach (string warning in report.Warnings)
            {
                json.WriteStringValue(warning);
            }

            json.WriteEndArray();
            ProofJson.Write(json, report.Proof);
            DriftJson.Write(json, report.Drift);
            if (report.Settings is { } settings)
            {
                json.WriteStartObject("settings");
                json.WriteString("layout", settings.Layout);
                json.WriteString("rates", settings.Rates);
                json.WriteString("rules", settings.Rules);
                if (settings.Rounding is { } rounding)
                {
                    json.WriteString("rounding", rounding.ToString());
                }

                json.WriteString("ratesInCode", settings.RatesInCode);
                json.WriteString("rulesInCode", settings.RulesInCode);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        return buffer.WrittenSpan;
    }

    /// <summary>Reads what <see cref="Write(IngestReport)"/> wrote.</summary>
    public static IngestReport Read(ReadOnlyMemory<byte> utf8)
    {
        using JsonDocument document = JsonDocument.Parse(utf8);
        JsonElement json = document.RootElement;
        return new IngestReport
        {
            RunId = Text(json, "runId"),
            Source = Text(json, "source"),
            Sha256 = json.GetProperty("sha256").GetString(),
            Bytes = json.GetProperty("bytes").GetInt64(),
            Scope = json.GetProperty("scope").GetString(),
            StartedAt = DateTimeOffset.ParseExact(Text(json, "startedAt"), "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind),
            Elapsed = TimeSpan.ParseExact(Text(json, "elapsed"), "c", CultureInfo.InvariantCulture),
            Status = Enum.Parse<RunStatus>(Text(json, "status")),
            Error = json.GetProperty("error").GetString(),
            EndedEarly = json.TryGetProperty("endedEarly", out JsonElement early) && early.GetBoolean(),
            KnownFrom = json.TryGetProperty("knownFrom", out JsonElement known) ? known.GetString() : null,
            ReplayOf = json.TryGetProperty("replayOf", out JsonElement replayed) ? replayed.GetString() : null,
            Delivery = json.TryGetProperty("delivery", out JsonElement delivery) ? DeliveryOf(delivery) : null,
            Superseded = json.TryGetProperty("superseded", out _) ? ControlTotalsJson.Read(json, "superseded") : ControlTotals.Zero,
            Removed = json.TryGetProperty("removed", out _) ? ControlTotalsJson.Read(json, "removed") : ControlTotals.Zero,
            Pending = json.TryGetProperty("pending", out _) ? ControlTotalsJson.Read(json, "pending") : ControlTotals.Zero,
            PendingReplaced = json.TryGetProperty("pendingReplaced", out _) ? ControlTotalsJson.Read(json, "pendingReplaced") : ControlTotals.Zero,
            RevertedBy = json.TryGetProperty("revertedBy", out JsonElement reverted) ? reverted.GetString() : null,
            CanonicalForm = json.TryGetProperty("canonicalForm", out JsonElement form) ? form.GetInt32() : FirstForm,
            ReportingCurrency = Text(json, "reportingCurrency"),
            Read = ControlTotalsJson.Read(json, "read"),
            Stored = ControlTotalsJson.Read(json, "stored"),
            Duplicate = ControlTotalsJson.Read(json, "duplicate"),
            Conflict = ControlTotalsJson.Read(json, "conflict"),
            Quarantined = ControlTotalsJson.Read(json, "quarantined"),
            StoredInReportingCurrency = ControlTotalsJson.Read(json, "storedInReportingCurrency"),
            Reasons = json.GetProperty("reasons").EnumerateObject().ToDictionary(reason => reason.Name, reason => reason.Value.GetInt64()),
            DuplicatesFromOtherSources = [.. json.GetProperty("duplicatesFromOtherSources").EnumerateArray()
                .Select(origin => new DuplicateOrigin(Text(origin, "source"), origin.GetProperty("rows").GetInt64()))],
            Warnings = [.. json.GetProperty("warnings").EnumerateArray().Select(warning => warning.GetString()!)],
            Proof = ProofJson.Read(json),
            Drift = DriftJson.Read(json),
            Settings = json.TryGetProperty("settings", out JsonElement settings) ? Settings(settings) : null,
        };
    }

    private static Delivery DeliveryOf(JsonElement json) => Delivery.Replace(Text(json, "scope"), Date(json, "from"), Date(json, "to"), json.GetProperty("version").GetString());

    private static DateOnly Date(JsonElement json, string name) => DateOnly.ParseExact(Text(json, name), "O", CultureInfo.InvariantCulture);

    private static RunSettings Settings(JsonElement settings) => new()
    {
        Layout = Text(settings, "layout"),
        Rates = settings.GetProperty("rates").GetString(),
        Rules = settings.GetProperty("rules").GetString(),
        Rounding = settings.TryGetProperty("rounding", out JsonElement rounding) ? Enum.Parse<MidpointRounding>(rounding.GetString()!) : null,
        RatesInCode = settings.GetProperty("ratesInCode").GetString(),
        RulesInCode = settings.GetProperty("rulesInCode").GetString(),
    };

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;
}
