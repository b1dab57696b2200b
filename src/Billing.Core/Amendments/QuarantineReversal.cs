namespace Billing.Amendments;

/// <summary>Takes back what a run did in quarantine: the rows that it put there are closed, unless another run delivered them too, and those that it closed are opened again.</summary>
internal sealed class QuarantineReversal(IAmendableStore store, IngestReport run, OtherDeliveries deliveries)
{
    private const int AtOnce = 500;

    /// <summary>The resolution of a row whose run was taken back. Delivered again, it is open again.</summary>
    public static string Resolution { get; } = QuarantinedRecord.Dismissed("its run was taken back");

    public async ValueTask RunAsync(CancellationToken cancellationToken)
    {
        HashSet<KeyPrefix> own = [];
        HashSet<KeyPrefix> others = [];
        await foreach ((string runId, DeliveredRow row) in DeliveredRows.ReadAllAsync(store, DeliveredRows.Quarantined, cancellationToken).ConfigureAwait(false))
        {
            if (runId == run.RunId)
            {
                own.Add(row.Key);
            }
            else if (deliveries.Has(runId))
            {
                others.Add(row.Key);
            }
        }

        List<RecordKey> close = [];
        List<RecordKey> open = [];
        List<QuarantinedRecord> pending = [];
        await foreach (QuarantinedRecord row in store.GetAllQuarantineAsync(new QuarantineQuery { IncludeResolved = true }, cancellationToken).ConfigureAwait(false))
        {
            KeyPrefix key = KeyPrefix.Of(row.Key);
            bool isPendingClosed = row.PostedAs is not null || row.SupersededByRunId is not null;
            if ((row.IsOpen || isPendingClosed) && (own.Contains(key) || row.RunId == run.RunId) && !others.Contains(key))
            {
                close.Add(row.Key);
                pending.AddRange(isPendingClosed ? [row] : []);
            }
            else if (row.Resolution == run.RunId)
            {
                open.Add(row.Key);
            }
        }

        // A pending row that its record replaced goes with its run as well.
        foreach (QuarantinedRecord row in pending)
        {
            await store.ReopenQuarantineAsync([row.Key], row.Resolution!, cancellationToken).ConfigureAwait(false);
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
}
