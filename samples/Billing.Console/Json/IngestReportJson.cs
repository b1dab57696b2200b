using System.Text.Json;

namespace Billing.Console.Json;

/// <summary>A run's report as JSON. What does not apply to a total is null.</summary>
internal static class IngestReportJson
{
    /// <summary>Writes the members of a report into an object that is open.</summary>
    /// <param name="json">The writer.</param>
    /// <param name="report">The report of a source, or the total.</param>
    /// <param name="balanced">Whether it balances; a total does when every source does.</param>
    public static void WriteMembers(Utf8JsonWriter json, IngestReport report, bool balanced)
    {
        json.WriteString("source", NullIfEmpty(report.Source));
        json.WriteString("sha256", report.Sha256);
        json.WriteNumber("bytes", report.Bytes);
        json.WriteString("runId", NullIfEmpty(report.RunId));
        json.WriteString("scope", report.Scope);
        json.WriteString("status", StatusText(report.Status));
        json.WriteString("error", report.Error);
        json.WriteString("knownFrom", report.KnownFrom);
        json.WriteString("replayOf", report.ReplayOf);
        json.WriteString("revertedBy", report.RevertedBy);
        WriteDelivery(json, report);
        WriteRows(json, report);
        WriteMoney(json, report);
        TotalsJson.WriteObject(json, "removed", report.Removed);
        TotalsJson.WriteObject(json, "pending", report.Pending);
        TotalsJson.WriteObject(json, "pendingReplaced", report.PendingReplaced);
        json.WriteStartObject("reporting");
        json.WriteString("currency", report.ReportingCurrency);
        json.WriteAmount("stored", report.StoredInReportingCurrency[report.ReportingCurrency]);
        json.WriteEndObject();
        json.WriteStartObject("reasons");
        foreach ((string reason, long rows) in report.Reasons.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            json.WriteNumber(reason, rows);
        }

        json.WriteEndObject();
        json.WriteStartArray("duplicatesFrom");
        foreach (DuplicateOrigin origin in report.DuplicatesFromOtherSources)
        {
            json.WriteStartObject();
            json.WriteString("source", origin.Source);
            json.WriteNumber("rows", origin.Rows);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStrings("warnings", report.Warnings);
        json.WriteBoolean("balanced", balanced);
        WriteProof(json, report);
        IngestDriftJson.Write(json, report.Drift);
    }

    private static void WriteDelivery(Utf8JsonWriter json, IngestReport report)
    {
        if (report.Delivery is not { } delivery)
        {
            json.WriteNull("delivery");
            return;
        }

        json.WriteStartObject("delivery");
        json.WriteString("scope", delivery.Scope);
        json.WriteDate("from", delivery.From);
        json.WriteDate("to", delivery.To);
        json.WriteString("version", delivery.Version);
        TotalsJson.WriteObject(json, "superseded", report.Superseded);
        json.WriteEndObject();
    }

    // Several sources are not proved together.
    private static void WriteProof(Utf8JsonWriter json, IngestReport report)
    {
        if (report.RunId.Length == 0)
        {
            json.WriteNull("proof");
            return;
        }

        json.WriteStartObject("proof");
        json.WriteString("outcome", report.Proof.Outcome switch { ProofOutcome.Proved => "proved", ProofOutcome.Contradicted => "contradicted", _ => "unproved" });
        json.WriteStartArray("figures");
        foreach (StatedFigure figure in report.Proof.Figures)
        {
            json.WriteStartObject();
            json.WriteString("kind", KindText(figure.Kind));
            json.WriteString("currency", NullIfEmpty(figure.Currency));
            json.WriteAmount("stated", figure.Stated);
            json.WriteString("found", figure.Found?.ToString());
            json.WriteString("difference", figure.Difference?.ToString());
            json.WriteString("by", figure.By);
            if (figure.Line is { } line)
            {
                json.WriteNumber("line", line);
            }
            else
            {
                json.WriteNull("line");
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStrings("problems", report.Proof.Problems);
        json.WriteEndObject();
    }

    private static string KindText(StatedFigureKind kind) => kind switch
    {
        StatedFigureKind.Rows => "rows",
        StatedFigureKind.Total => "total",
        StatedFigureKind.Opening => "opening",
        StatedFigureKind.Closing => "closing",
        _ => "balance",
    };

    public static string StatusText(RunStatus status) => status switch
    {
        RunStatus.Running => "running",
        RunStatus.Completed => "completed",
        _ => "failed",
    };

    private static void WriteRows(Utf8JsonWriter json, IngestReport report)
    {
        json.WriteStartObject("rows");
        json.WriteNumber("read", report.Read.Rows);
        json.WriteNumber("stored", report.Stored.Rows);
        json.WriteNumber("duplicate", report.Duplicate.Rows);
        json.WriteNumber("conflict", report.Conflict.Rows);
        json.WriteNumber("quarantined", report.Quarantined.Rows);
        json.WriteEndObject();
    }

    private static void WriteMoney(Utf8JsonWriter json, IngestReport report)
    {
        json.WriteStartArray("money");
        foreach (string currency in (report.Read + report.Stored + report.Duplicate + report.Conflict + report.Quarantined).Money.Keys)
        {
            json.WriteStartObject();
            json.WriteString("currency", currency);
            json.WriteAmount("read", report.Read[currency]);
            json.WriteAmount("stored", report.Stored[currency]);
            json.WriteAmount("duplicate", report.Duplicate[currency]);
            json.WriteAmount("conflict", report.Conflict[currency]);
            json.WriteAmount("quarantined", report.Quarantined[currency]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
