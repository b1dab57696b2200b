namespace Billing.Amendments;

/// <summary>Which other runs delivered what a run holds: the first of them keeps it when the run is taken back.</summary>
internal sealed class OtherDeliveries
{
    private readonly IAmendableStore _store;
    private readonly IngestReport _run;
    private readonly IReadOnlyList<IngestReport> _others;

    private OtherDeliveries(IAmendableStore store, IngestReport run, IReadOnlyList<IngestReport> others)
    {
        _store = store;
        _run = run;
        _others = others;
    }

    /// <summary>The runs that have not been taken back, without this one, in the order in which they began.</summary>
    public IReadOnlyList<IngestReport> Others => _others;

    /// <summary>The runs that found the whole source of this one known.</summary>
    public IEnumerable<IngestReport> Known => _others.Where(other => other.KnownFrom == _run.RunId);

    public static async ValueTask<OtherDeliveries> LoadAsync(IAmendableStore store, IngestReport run, CancellationToken cancellationToken)
    {
        List<IngestReport> others = [];
        await foreach (IngestReport other in store.GetAllRunsAsync(cancellationToken).ConfigureAwait(false))
        {
            if (other.RunId != run.RunId && other.RevertedBy is null && !other.IsDryRun)
            {
                // Settings may be large, and are not needed here.
                others.Add(other with { Settings = null });
            }
        }

        others.Reverse();
        return new OtherDeliveries(store, run, others);
    }

    /// <summary>Returns who delivered the records too, by key; records that nobody else delivered are missing.</summary>
    public async ValueTask<IReadOnlyDictionary<RecordKey, (IngestReport Run, RecordSource Source)>> FindAsync(IReadOnlyList<BillingRecord> records, CancellationToken cancellationToken)
    {
        Dictionary<KeyPrefix, BillingRecord> open = records.ToDictionary(record => KeyPrefix.Of(record.Key));
        Dictionary<RecordKey, (IngestReport, RecordSource)> found = [];
        foreach (IngestReport other in _others.Where(other => other.Duplicate.Rows > 0 || other.Delivery is not null || other.Stored.Rows > 0))
        {
            if (open.Count == 0)
            {
                break;
            }

            if (other.KnownFrom == _run.RunId)
            {
                foreach (BillingRecord record in open.Values.ToArray())
                {
                    await TakeAsync(record, other, record.Source.Line, record.Source.ByteOffset).ConfigureAwait(false);
                }
            }

            await FindInAsync(other, other.RunId).ConfigureAwait(false);
            if (other.KnownFrom is { } known && known != _run.RunId)
            {
                await FindInAsync(other, known).ConfigureAwait(false);
            }
        }

        return found;

        async ValueTask FindInAsync(IngestReport other, string noted)
        {
            await foreach (DeliveredRow row in DeliveredRows.ReadAsync(_store, DeliveredRows.Duplicates, noted, cancellationToken).ConfigureAwait(false))
            {
                if (open.TryGetValue(row.Key, out BillingRecord? record) && row.Content == DeliveredRow.ContentOf(record.Fingerprint))
                {
                    await TakeAsync(record, other, row.Line, row.ByteOffset).ConfigureAwait(false);
                }
            }
        }

        async ValueTask TakeAsync(BillingRecord record, IngestReport other, long line, long byteOffset)
        {
            if (!await IsReplacedSinceAsync(record, other, cancellationToken).ConfigureAwait(false))
            {
                found.Add(record.Key, (other, new RecordSource(other.Source, line, byteOffset)));
                _ = open.Remove(KeyPrefix.Of(record.Key));
            }
        }
    }

    // What a later delivery replaced does not come back with an earlier one.
    private async ValueTask<bool> IsReplacedSinceAsync(BillingRecord record, IngestReport since, CancellationToken cancellationToken)
    {
        foreach (IngestReport other in _others)
        {
            if (other.Delivery is not null && string.CompareOrdinal(other.RunId, since.RunId) > 0
                && await ReplacedRecords.FindAsync(_store, other.RunId, record.Key, cancellationToken).ConfigureAwait(false) is { } change
                && (change.To is null || change.From?.Fingerprint == record.Fingerprint))
            {
                return true;
            }
        }

        return false;
    }
}
