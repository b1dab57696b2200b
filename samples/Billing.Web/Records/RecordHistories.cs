using System.Security.Cryptography;
using Billing.Web.Contracts;
using Billing.Web.Ledger;
using Billing.Web.Problems;

namespace Billing.Web.Records;

/// <summary>The life of a record: what it was, what it came from, what became of it.</summary>
internal sealed class RecordHistories(WebLedger ledger)
{
    public async Task<RecordHistory> ReadAsync(RecordKey key, CancellationToken cancellationToken)
    {
        BillingRecord? now = await ledger.Store.FindAsync(key, cancellationToken);
        IReadOnlyList<RecordVersion> versions = await VersionsAsync(key, cancellationToken);
        return now is null && versions.Count == 0
            ? throw new RefusedException(StatusCodes.Status404NotFound, "There is no record under this key, and there never was one.")
            : new RecordHistory { Key = key.ToString(), Current = now is null ? null : RecordVersions.Of(now), Versions = versions };
    }

    public async Task<TraceReply> TraceAsync(RecordKey key, CancellationToken cancellationToken)
    {
        BillingRecord record = await ledger.Store.FindAsync(key, cancellationToken) ?? throw new RefusedException(StatusCodes.Status404NotFound, "There is no record under this key.");
        RecordTrace trace = BillingPipeline.Trace(record);
        IngestReport? run = await ledger.Store.FindRunAsync(record.RunId, cancellationToken);
        string fingerprint = Convert.ToHexStringLower(SHA256.HashData(trace.CanonicalForm.Span));
        List<string> steps =
        [
            $"Read from {record.Source}{(run is null ? "" : $", in a run that began {Time(run.StartedAt)}")}.",
            record.ExchangeRate is { } rate ? $"{record.Amount} converted at {rate} to {record.ReportingAmount}." : $"{record.Amount} is stated as {record.ReportingAmount}; no rate was needed.",
            $"Fingerprint {fingerprint}{(fingerprint == record.Fingerprint.ToString() ? ", as stored" : $"; {record.Fingerprint} is stored, which does not match")}.",
            record.Category is null ? "No rule gives a category." : record.CategoryRule is { } rule ? $"Rule '{rule}' gives the category '{record.Category}'." : $"The category '{record.Category}' came with the row.",
            .. record.Flags.Select(flag => $"Flag '{flag}'."),
            .. (await VersionsAsync(key, cancellationToken)).Select(version => $"{(version.At is { } at ? Time(at) + ": " : "")}{version.Kind}{(version.Reason is null ? "" : $" ({version.Reason})")}, entry {version.EntryId}{(version.RevertedBy is null ? "" : ", taken back since")}."),
        ];
        return new TraceReply
        {
            Item = RecordVersions.Of(record),
            CanonicalForm = Convert.ToHexStringLower(trace.CanonicalForm.Span),
            Fingerprint = fingerprint,
            IsIntact = fingerprint == record.Fingerprint.ToString(),
            Run = run,
            Steps = steps,
        };
    }

    private async Task<IReadOnlyList<RecordVersion>> VersionsAsync(RecordKey key, CancellationToken cancellationToken)
    {
        List<RecordVersion> versions = [];
        await foreach (RecordChange change in ledger.Store.GetChangesAsync(key, cancellationToken))
        {
            LedgerEntry? entry = await ledger.Store.FindEntryAsync(change.EntryId, cancellationToken);
            IngestReport? run = entry is null ? await ledger.Store.FindRunAsync(change.EntryId, cancellationToken) : null;
            versions.Add(new RecordVersion
            {
                EntryId = change.EntryId,
                Kind = entry is null ? "run" : entry.Kind.ToString().ToLowerInvariant(),
                At = entry?.StartedAt ?? run?.StartedAt,
                Reason = entry?.Reason,
                From = change.From,
                To = change.To,
                RevertedBy = entry?.RevertedBy ?? run?.RevertedBy,
            });
        }

        return versions;
    }

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
