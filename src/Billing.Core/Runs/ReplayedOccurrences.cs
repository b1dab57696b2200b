namespace Billing.Runs;

/// <summary>
/// Gives a replayed row the occurrence that it would have had: the first that no other row of its source has.
/// An occurrence that another source has decides only if the row's own run had no duplicates; otherwise it is unknown which row it stands for.
/// </summary>
internal sealed class ReplayedOccurrences(IBillingStore store, RowProcessor processor)
{
    private readonly Dictionary<string, bool> _metDuplicates = new(StringComparer.Ordinal);

    /// <summary>Gives a record its occurrence and key.</summary>
    /// <returns>False if only the whole source can tell.</returns>
    public async ValueTask<bool> TryIdentifyAsync(PendingRecord record, QuarantinedRecord entry, CancellationToken cancellationToken)
    {
        while (true)
        {
            processor.Identify([record]);
            if (!processor.Identity.Counts
                || await FindSourceAsync(record.Key, cancellationToken).ConfigureAwait(false) is not { } stored)
            {
                return true;
            }

            bool sameSource = stored.Name == record.SourceName;
            if (sameSource && stored.ByteOffset == record.Row.ByteOffset)
            {
                // The same row: replayed before, or ingested again since.
                return true;
            }

            if (!sameSource)
            {
                return !await MetDuplicatesAsync(entry.RunId, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    // A dry run stores nothing, and still must meet what its earlier runs would have stored.
    private async ValueTask<(string Name, long ByteOffset)?> FindSourceAsync(RecordKey key, CancellationToken cancellationToken)
    {
        if (store is DryRunLedger dry)
        {
            return await dry.FindSourceAsync(key, cancellationToken).ConfigureAwait(false);
        }

        return await store.FindAsync(key, cancellationToken).ConfigureAwait(false) is { Source: var source } ? (source.Name, source.ByteOffset) : null;
    }

    private async ValueTask<bool> MetDuplicatesAsync(string runId, CancellationToken cancellationToken)
    {
        if (_metDuplicates.TryGetValue(runId, out bool known))
        {
            return known;
        }

        IngestReport? run = await store.FindRunAsync(runId, cancellationToken).ConfigureAwait(false);
        // A run that is not on record or did not end may have had duplicates.
        bool met = run is not { Status: RunStatus.Completed, Duplicate.Rows: 0 };
        _metDuplicates[runId] = met;
        return met;
    }
}
