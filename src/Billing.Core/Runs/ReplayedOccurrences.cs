using System.Security.Cryptography;
using Billing.Fingerprints;
using Billing.Rows;

namespace Billing.Runs;

/// <summary>
/// Gives a replayed row the occurrence that it would have had: the first that no other row of its delivery has.
/// An occurrence that another delivery has, of whatever name, decides only if the row's own run had no duplicates; otherwise it is unknown which row it stands for.
/// A record that closed another row of the same bytes stands for that row.
/// A row in conflict had an occurrence that is stored with other content, so it never gets one that is free. Behind a row that stays in quarantine, whose
/// place is unknown, the place of a row that shares its columns is unknown too.
/// </summary>
internal sealed class ReplayedOccurrences(IBillingStore store, RowProcessor processor, string runId)
{
    private readonly Dictionary<string, IngestReport?> _runs = new(StringComparer.Ordinal);
    private readonly HashSet<Sha256Digest> _refused = [];
    private (string RunId, Dictionary<(string, Sha256Digest), int> Rows)? _closed;

    /// <summary>Notes a row that stays in quarantine.</summary>
    public void Refused(ParsedRow row)
    {
        if (processor.PlaceOf(row) is { } place)
        {
            _refused.Add(place);
        }
    }

    /// <summary>Gives a record its occurrence and key.</summary>
    /// <returns>False if only the whole source can tell.</returns>
    public async ValueTask<bool> TryIdentifyAsync(PendingRecord record, QuarantinedRecord entry, CancellationToken cancellationToken)
    {
        if (_refused.Count > 0 && processor.PlaceOf(record.Row) is { } place && _refused.Contains(place))
        {
            return false;
        }

        Dictionary<string, int> met = new(StringComparer.Ordinal);
        bool isConflict = processor.Identity.Counts && await WasConflictAsync(entry, cancellationToken).ConfigureAwait(false);
        while (true)
        {
            processor.Identify([record]);
            if (!processor.Identity.Counts)
            {
                return true;
            }

            if (await FindHeldAsync(record.Key, cancellationToken).ConfigureAwait(false) is not { } held)
            {
                return !isConflict;
            }

            if (!isConflict && await StandsForTwinAsync(held, entry, met, cancellationToken).ConfigureAwait(false))
            {
                continue;
            }

            if (held.Source.Name == record.SourceName && held.Source.ByteOffset == record.Row.ByteOffset)
            {
                // The same row: replayed before, or ingested again since.
                return true;
            }

            if (isConflict && held.Fingerprint != record.Fingerprint)
            {
                return true;
            }

            if (!isConflict && !await IsOfSameDeliveryAsync(held, entry, cancellationToken).ConfigureAwait(false))
            {

                // A run that is not on record or did not end may have had duplicates.
                return await RunAsync(entry.RunId, cancellationToken).ConfigureAwait(false) is { Status: RunStatus.Completed, Duplicate.Rows: 0 };
            }
        }
    }

    // Under another identity than that of its run, a row in conflict is a row like any other.
    private async ValueTask<bool> WasConflictAsync(QuarantinedRecord entry, CancellationToken cancellationToken) =>
        entry.Reason == QuarantineReason.Conflict
        && (await RunAsync(entry.RunId, cancellationToken).ConfigureAwait(false) is not { Settings.Layout: { } layout }
            || SourceLayout.Parse(layout, $"layout of run {entry.RunId}").Identity is not { } identity
            || identity.Equals(processor.Identity));

    /// <summary>Whether a record comes from the bytes that the row comes from, so that it is another row. Sources of one name may be different deliveries, at other positions.</summary>
    private async ValueTask<bool> IsOfSameDeliveryAsync(HeldRecord held, QuarantinedRecord entry, CancellationToken cancellationToken)
    {
        if (held.Source.Name != entry.Source.Name)
        {
            return false;
        }

        if (held.RunId == entry.RunId || held.RunId == runId)
        {
            return true;
        }

        if (await RunAsync(held.RunId, cancellationToken).ConfigureAwait(false) is { Sha256: { } sha256 })
        {
            return await RunAsync(entry.RunId, cancellationToken).ConfigureAwait(false) is { } run && run.Sha256 == sha256;
        }

        // An earlier replay of the same rows.
        QuarantineQuery query = new() { SourceName = entry.Source.Name, RunId = entry.RunId, Line = held.Source.Line, IncludeResolved = true };
        await foreach (QuarantinedRecord row in store.GetAllQuarantineAsync(query, cancellationToken).ConfigureAwait(false))
        {
            if (row.ResolvedByRunId == held.RunId && row.Source == held.Source)
            {
                return true;
            }
        }

        return false;
    }

    // Whether a record closed a row of the same bytes and the same run, so that it stands for that one. Each stands for one.
    private async ValueTask<bool> StandsForTwinAsync(HeldRecord held, QuarantinedRecord entry, Dictionary<string, int> met, CancellationToken cancellationToken)
    {
        if (held.RunId == entry.RunId)
        {
            return false;
        }

        if (_closed is not { } closed || closed.RunId != entry.RunId)
        {
            Dictionary<(string, Sha256Digest), int> rows = [];
            await foreach (QuarantinedRecord row in store.GetAllQuarantineAsync(new QuarantineQuery { SourceName = entry.Source.Name, RunId = entry.RunId, IncludeResolved = true }, cancellationToken).ConfigureAwait(false))
            {
                if (row.ResolvedByRunId is { } by)
                {
                    rows[(by, DigestOf(row))] = rows.GetValueOrDefault((by, DigestOf(row))) + 1;
                }
            }

            _closed = closed = (entry.RunId, rows);
        }

        met[held.RunId] = met.GetValueOrDefault(held.RunId) + 1;
        return met[held.RunId] <= closed.Rows.GetValueOrDefault((held.RunId, DigestOf(entry)));
    }

    private static Sha256Digest DigestOf(QuarantinedRecord row) => Sha256Digest.Of(SHA256.HashData(row.Raw.Span));

    // A dry run stores nothing, and still must meet what its earlier runs would have stored.
    private async ValueTask<HeldRecord?> FindHeldAsync(RecordKey key, CancellationToken cancellationToken) => store is DryRunLedger dry
        ? await dry.FindHeldAsync(key, cancellationToken).ConfigureAwait(false)
        : await store.FindAsync(key, cancellationToken).ConfigureAwait(false) is { } record ? HeldRecord.Of(record) : null;

    private async ValueTask<IngestReport?> RunAsync(string id, CancellationToken cancellationToken)
    {
        if (!_runs.TryGetValue(id, out IngestReport? run))
        {
            run = await store.FindRunAsync(id, cancellationToken).ConfigureAwait(false);
            _runs.Add(id, run);
        }

        return run;
    }
}
