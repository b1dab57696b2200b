namespace Billing.Amendments;

/// <summary>Takes a run back: the ledger becomes what it would be without it.</summary>
internal sealed class RunReversal(IAmendableStore store, IngestReport run, string entryId)
{
    // Who delivered them too is looked up once for so many records.
    private const int AtOnce = 20_000;

    private readonly EntryTally _tally = new();
    private readonly EntryChanges _changes = new(store, entryId);

    /// <summary>Takes it back, and returns what that changed. Interrupted and made again under the same id, it goes on.</summary>
    public async ValueTask<EntryTally> RunAsync(CancellationToken cancellationToken)
    {
        OtherDeliveries deliveries = await OtherDeliveries.LoadAsync(store, run.RunId, cancellationToken).ConfigureAwait(false);
        await foreach (RecordChange change in ChangeDocuments.AllAsync(store, entryId, cancellationToken).ConfigureAwait(false))
        {
            _tally.Add(change.From, change.To);
        }

        if (run.Delivery is not null)
        {
            await new ReplacedRecords(store, run, entryId, deliveries, ChangeAsync).RestoreAsync(cancellationToken).ConfigureAwait(false);
            await _changes.FlushAsync(cancellationToken).ConfigureAwait(false);
        }

        // Some stores list a record for a moment after it left, and miss one that just came.
        bool any;
        do
        {
            any = await WithdrawAsync(deliveries, cancellationToken).ConfigureAwait(false);
        }
        while (any);

        await new QuarantineReversal(store, run, deliveries).RunAsync(cancellationToken).ConfigureAwait(false);
        return _tally;
    }

    private async ValueTask<bool> WithdrawAsync(OtherDeliveries deliveries, CancellationToken cancellationToken)
    {
        List<BillingRecord> records = [];
        bool any = false;
        await foreach (BillingRecord record in store.QueryAllAsync(new RecordQuery { RunId = run.RunId }, cancellationToken).ConfigureAwait(false))
        {
            records.Add(record);
            if (records.Count == AtOnce)
            {
                any |= await WithdrawAsync(records, deliveries, cancellationToken).ConfigureAwait(false);
                records.Clear();
            }
        }

        return any | await WithdrawAsync(records, deliveries, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<bool> WithdrawAsync(List<BillingRecord> records, OtherDeliveries deliveries, CancellationToken cancellationToken)
    {
        records = await StillThereAsync(records, cancellationToken).ConfigureAwait(false);
        if (records.Count == 0)
        {
            return false;
        }

        await deliveries.PrepareAsync(records, cancellationToken).ConfigureAwait(false);
        await NoteKnownAsync(records, deliveries, cancellationToken).ConfigureAwait(false);
        foreach (BillingRecord record in records)
        {
            await ChangeAsync(record, await deliveries.FindAsync(record, cancellationToken).ConfigureAwait(false) is { } other ? record.Of(other.Run.RunId, other.Source) : null, cancellationToken).ConfigureAwait(false);
        }

        await _changes.FlushAsync(cancellationToken).ConfigureAwait(false);
        return true;
    }

    private async ValueTask<List<BillingRecord>> StillThereAsync(List<BillingRecord> records, CancellationToken cancellationToken) => records.Count == 0
        ? []
        : [.. (await store.FindAllAsync([.. records.Select(record => record.Key)], cancellationToken).ConfigureAwait(false)).OfType<BillingRecord>().Where(record => record.RunId == run.RunId)];

    // A run that found the whole source known delivered these records too; the note stays when they are no longer this run's.
    private async ValueTask NoteKnownAsync(List<BillingRecord> records, OtherDeliveries deliveries, CancellationToken cancellationToken)
    {
        foreach (IngestReport known in deliveries.KnownFrom(run.RunId))
        {
            DeliveredRows rows = new([store], $"{known.RunId}/{entryId}/{records[0].Key}");
            foreach (BillingRecord record in records)
            {
                await rows.AddDuplicateAsync(record.Key, record.Fingerprint, record.Source, cancellationToken).ConfigureAwait(false);
            }

            await rows.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask ChangeAsync(BillingRecord? from, BillingRecord? to, CancellationToken cancellationToken)
    {
        await _changes.AddAsync(from, to, cancellationToken).ConfigureAwait(false);
        _tally.Add(from, to);
    }
}
