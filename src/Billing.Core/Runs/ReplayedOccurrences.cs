namespace Billing.Runs;

/// <summary>
/// Gives a replayed row the occurrence that it would have had: the first that no other row of its source has.
/// An occurrence that another source has decides only if the row's own run had no duplicates; otherwise it is unknown which row it stands for.
/// A row in conflict had an occurrence that is stored with other content, so it never gets one that is free.
/// </summary>
internal sealed class ReplayedOccurrences(IBillingStore store, RowProcessor processor)
{
    private readonly Dictionary<string, (bool MetDuplicates, RecordIdentity? Identity)> _runs = new(StringComparer.Ordinal);

    /// <summary>Gives a record its occurrence and key.</summary>
    /// <returns>False if only the whole source can tell.</returns>
    public async ValueTask<bool> TryIdentifyAsync(PendingRecord record, QuarantinedRecord entry, CancellationToken cancellationToken)
    {
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

            bool sameSource = held.Source == record.SourceName;
            if (sameSource && held.ByteOffset == record.Row.ByteOffset)
            {
                // The same row: replayed before, or ingested again since.
                return true;
            }

            if (isConflict ? held.Fingerprint != record.Fingerprint : !sameSource)
            {
                return isConflict || !(await RunAsync(entry.RunId, cancellationToken).ConfigureAwait(false)).MetDuplicates;
            }
        }
    }

    // Under another identity than that of its run, a row in conflict is a row like any other.
    private async ValueTask<bool> WasConflictAsync(QuarantinedRecord entry, CancellationToken cancellationToken) =>
        entry.Reason == QuarantineReason.Conflict
        && ((await RunAsync(entry.RunId, cancellationToken).ConfigureAwait(false)).Identity?.Equals(processor.Identity) ?? true);

    // A dry run stores nothing, and still must meet what its earlier runs would have stored.
    private async ValueTask<(Fingerprint Fingerprint, string Source, long ByteOffset)?> FindHeldAsync(RecordKey key, CancellationToken cancellationToken)
    {
        if (store is DryRunLedger dry)
        {
            return await dry.FindHeldAsync(key, cancellationToken).ConfigureAwait(false);
        }

        return await store.FindAsync(key, cancellationToken).ConfigureAwait(false) is { } record ? (record.Fingerprint, record.Source.Name, record.Source.ByteOffset) : null;
    }

    private async ValueTask<(bool MetDuplicates, RecordIdentity? Identity)> RunAsync(string runId, CancellationToken cancellationToken)
    {
        if (_runs.TryGetValue(runId, out (bool, RecordIdentity?) known))
        {
            return known;
        }

        IngestReport? run = await store.FindRunAsync(runId, cancellationToken).ConfigureAwait(false);
        // A run that is not on record or did not end may have had duplicates.
        bool met = run is not { Status: RunStatus.Completed, Duplicate.Rows: 0 };
        RecordIdentity? identity = run?.Settings is { } settings ? SourceLayout.Parse(settings.Layout, $"layout of run {runId}").Identity : null;
        return _runs[runId] = (met, identity);
    }
}
