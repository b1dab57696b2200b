namespace Billing.Amendments;

/// <summary>Takes back what a run did in quarantine: the rows that it put there are closed, unless another run delivered them too, and those that it closed are opened again.</summary>
internal sealed class QuarantineReversal(IAmendableStore store, IngestReport run, OtherDeliveries deliveries)
{
    private const int AtOnce = 500;

    /// <summary>The resolution of a row whose run was taken back. Delivered again, it is open again.</summary>
    public static string Resolution { get; } = QuarantinedRecord.Dismissed("its run was taken back");

    public async ValueTask RunAsync(CancellationToken cancellationToken)
    {
        HashSet<KeyPrefix> own = await NotedAsync([run], cancellationToken).ConfigureAwait(false);
        HashSet<KeyPrefix> others = await NotedAsync(deliveries.Others.Where(other => other.Quarantined.Rows > 0 || other.Conflict.Rows > 0), cancellationToken).ConfigureAwait(false);
        List<RecordKey> close = [];
        List<RecordKey> open = [];
        await foreach (QuarantinedRecord row in store.GetAllQuarantineAsync(new QuarantineQuery { IncludeResolved = true }, cancellationToken).ConfigureAwait(false))
        {
            KeyPrefix key = KeyPrefix.Of(row.Key);
            if (row.IsOpen && (own.Contains(key) || row.RunId == run.RunId) && !others.Contains(key))
            {
                close.Add(row.Key);
            }
            else if (row.Resolution == run.RunId)
            {
                open.Add(row.Key);
            }
        }

        foreach (RecordKey[] keys in close.Chunk(AtOnce))
        {
            await store.ResolveQuarantineAsync(keys, Resolution, cancellationToken).ConfigureAwait(false);
        }

        foreach (RecordKey[] keys in open.Chunk(AtOnce))
        {
            await store.ReopenQuarantineAsync(keys, run.RunId, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask<HashSet<KeyPrefix>> NotedAsync(IEnumerable<IngestReport> runs, CancellationToken cancellationToken)
    {
        HashSet<KeyPrefix> keys = [];
        foreach (IngestReport one in runs)
        {
            await foreach (DeliveredRow row in DeliveredRows.ReadAsync(store, DeliveredRows.Quarantined, one.RunId, cancellationToken).ConfigureAwait(false))
            {
                keys.Add(row.Key);
            }
        }

        return keys;
    }
}
