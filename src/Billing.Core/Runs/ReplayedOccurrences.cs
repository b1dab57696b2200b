using Billing.Rows;

namespace Billing.Runs;

/// <summary>
/// Gives a replayed row the place among equal rows that it would have had: the first that no other row of its source holds.
/// A place held by another source decides only when the row's own run met no duplicates; otherwise nobody can tell which row that one stands for.
/// </summary>
internal sealed class ReplayedOccurrences(IBillingStore store, RowProcessor processor)
{
    private readonly Dictionary<string, bool> _metDuplicates = new(StringComparer.Ordinal);

    /// <returns>The record with its key, or null when only the whole source can tell.</returns>
    public async ValueTask<BillingRecord?> IdentifyAsync(ParsedRow row, PendingRecord pending, QuarantinedRecord entry, CancellationToken cancellationToken)
    {
        while (true)
        {
            BillingRecord record = processor.Identify(row, pending);
            if (!processor.Identity.Counts
                || await store.FindAsync(record.Key, cancellationToken).ConfigureAwait(false) is not { } stored)
            {
                return record;
            }

            bool sameSource = stored.Source.Name == record.Source.Name;
            if (sameSource && stored.Source.ByteOffset == record.Source.ByteOffset)
            {
                // This very row: replayed before, or ingested again since.
                return record;
            }

            if (!sameSource)
            {
                return await MetDuplicatesAsync(entry.RunId, cancellationToken).ConfigureAwait(false) ? null : record;
            }
        }
    }

    private async ValueTask<bool> MetDuplicatesAsync(string runId, CancellationToken cancellationToken)
    {
        if (_metDuplicates.TryGetValue(runId, out bool known))
        {
            return known;
        }

        IngestReport? run = await store.FindRunAsync(runId, cancellationToken).ConfigureAwait(false);
        // A run that is not on record, or did not end, may have met some.
        bool met = run is not { Status: RunStatus.Completed, Duplicate.Rows: 0 };
        _metDuplicates[runId] = met;
        return met;
    }
}
