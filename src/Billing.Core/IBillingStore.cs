namespace Billing;

/// <summary>A sink that can be read again: a ledger.</summary>
public interface IBillingStore : IBillingSink
{
    /// <summary>Whether nothing is there yet that could be read, and a read would create it, empty. A dry run reads no such store. Default false.</summary>
    bool IsMissing => false;

    /// <summary>Returns the record with the key, or null.</summary>
    ValueTask<BillingRecord?> FindAsync(RecordKey key, CancellationToken cancellationToken = default);

    /// <summary>Returns the record of each key, in the order of <paramref name="keys"/>; null for a key that has none.</summary>
    async ValueTask<IReadOnlyList<BillingRecord?>> FindAllAsync(IReadOnlyList<RecordKey> keys, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        BillingRecord?[] found = new BillingRecord?[keys.Count];
        for (int i = 0; i < found.Length; i++)
        {
            found[i] = await FindAsync(keys[i], cancellationToken).ConfigureAwait(false);
        }

        return found;
    }

    /// <summary>Returns one page of the records that match, ordered by date, then key.</summary>
    /// <exception cref="ArgumentException">The continuation token does not belong to this query.</exception>
    ValueTask<Page<BillingRecord>> QueryAsync(RecordQuery query, CancellationToken cancellationToken = default);

    /// <summary>Returns one page of the records that match, in the order that the query states. By default it reads all that match for each page, and keeps one page of them in memory.</summary>
    /// <exception cref="ArgumentException">The continuation token does not belong to this query.</exception>
    ValueTask<Page<BillingRecord>> ListAsync(RecordListQuery query, CancellationToken cancellationToken = default) => Storage.RecordLists.ReadAsync(this, query, cancellationToken);

    /// <summary>Returns exact totals of the records that match, by group, ordered by group. The page size and the token of the query are not used.</summary>
    ValueTask<IReadOnlyList<SummaryRow>> SummarizeAsync(SummaryBy by, RecordQuery query, CancellationToken cancellationToken = default);

    /// <summary>Returns what <see cref="SummarizeAsync(SummaryBy, RecordQuery, CancellationToken)"/> does for several groupings, in their order. A store may read all of them in one pass; by default they are read one after the other.</summary>
    async ValueTask<IReadOnlyList<IReadOnlyList<SummaryRow>>> SummarizeAllAsync(IReadOnlyList<SummaryBy> groupings, RecordQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(groupings);
        IReadOnlyList<SummaryRow>[] summaries = new IReadOnlyList<SummaryRow>[groupings.Count];
        for (int i = 0; i < summaries.Length; i++)
        {
            summaries[i] = await SummarizeAsync(groupings[i], query, cancellationToken).ConfigureAwait(false);
        }

        return summaries;
    }

    /// <summary>Returns the run with the id, or null. Found by its key, however many runs there are.</summary>
    ValueTask<IngestReport?> FindRunAsync(string runId, CancellationToken cancellationToken = default);

    /// <summary>Returns one page of the runs, newest first.</summary>
    ValueTask<Page<IngestReport>> GetRunsAsync(PageRequest page, CancellationToken cancellationToken = default);

    /// <summary>Returns one page of the quarantine, ordered by source, then byte offset, then key.</summary>
    ValueTask<Page<QuarantinedRecord>> GetQuarantineAsync(QuarantineQuery query, CancellationToken cancellationToken = default);

    /// <summary>Closes quarantined records. Records that are not there or are already closed are left as they are.</summary>
    /// <param name="keys">The keys of the quarantined records.</param>
    /// <param name="resolution">The id of the run that stored the rows, or what <see cref="QuarantinedRecord.Dismissed"/> returns: at most 255 bytes in UTF-8.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask ResolveQuarantineAsync(IReadOnlyList<RecordKey> keys, string resolution, CancellationToken cancellationToken = default);
}
