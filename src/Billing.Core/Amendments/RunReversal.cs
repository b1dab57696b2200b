namespace Billing.Amendments;

/// <summary>Takes a run back: the ledger becomes what it would be without it.</summary>
internal sealed class RunReversal(IAmendableStore store, IngestReport run, string entryId)
{
    // Who delivered them too is looked up once for so many records.
    private const int AtOnce = 20_000;

    private readonly EntryTally _tally = new();
    private readonly EntryChanges _changes = new(store, entryId);

    /// <summary>Finds out whether it can be taken back. Changes nothing.</summary>
    /// <param name="together">The ids of all runs that are taken back with it.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="BillingException">A record would become that of another run, and cannot be made as that run would have made it.</exception>
    public async ValueTask CheckAsync(IReadOnlyCollection<string> together, CancellationToken cancellationToken)
    {
        OtherDeliveries deliveries = await OtherDeliveries.LoadAsync(store, together, cancellationToken).ConfigureAwait(false);
        Adoptions adoptions = await Adoptions.LoadAsync(store, cancellationToken).ConfigureAwait(false);
        if (!await adoptions.MayRefuseAsync(run.RunId, deliveries.All, cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        if (run.Delivery is not null)
        {
            await new ReplacedRecords(store, run, entryId, deliveries, adoptions, ChangeAsync).CheckAsync(cancellationToken).ConfigureAwait(false);
        }

        await WithdrawAsync(deliveries, adoptions, isTried: true, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes it back, and returns what that changed. Interrupted and made again under the same id, it goes on.</summary>
    public async ValueTask<EntryTally> RunAsync(CancellationToken cancellationToken)
    {
        OtherDeliveries deliveries = await OtherDeliveries.LoadAsync(store, [run.RunId], cancellationToken).ConfigureAwait(false);
        Adoptions adoptions = await Adoptions.LoadAsync(store, cancellationToken).ConfigureAwait(false);
        await foreach (RecordChange change in ChangeDocuments.AllAsync(store, entryId, cancellationToken).ConfigureAwait(false))
        {
            _tally.Add(change.From, change.To);
        }

        if (run.Delivery is not null)
        {
            await new ReplacedRecords(store, run, entryId, deliveries, adoptions, ChangeAsync).RestoreAsync(cancellationToken).ConfigureAwait(false);
            await _changes.FlushAsync(cancellationToken).ConfigureAwait(false);
        }

        // Some stores list a record for a moment after it left, and miss one that just came.
        bool any;
        do
        {
            any = await WithdrawAsync(deliveries, adoptions, isTried: false, cancellationToken).ConfigureAwait(false);
        }
        while (any);

        await new QuarantineReversal(store, run, deliveries).RunAsync(cancellationToken).ConfigureAwait(false);
        return _tally;
    }

    private async ValueTask<bool> WithdrawAsync(OtherDeliveries deliveries, Adoptions adoptions, bool isTried, CancellationToken cancellationToken)
    {
        List<BillingRecord> records = [];
        bool any = false;
        await foreach (BillingRecord record in store.QueryAllAsync(new RecordQuery { RunId = run.RunId }, cancellationToken).ConfigureAwait(false))
        {
            records.Add(record);
            if (records.Count == AtOnce)
            {
                any |= await WithdrawAsync(records, deliveries, adoptions, isTried, cancellationToken).ConfigureAwait(false);
                records.Clear();
            }
        }

        return any | await WithdrawAsync(records, deliveries, adoptions, isTried, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<bool> WithdrawAsync(List<BillingRecord> records, OtherDeliveries deliveries, Adoptions adoptions, bool isTried, CancellationToken cancellationToken)
    {
        records = await StillThereAsync(records, cancellationToken).ConfigureAwait(false);
        if (records.Count == 0)
        {
            return false;
        }

        await deliveries.PrepareAsync(records, cancellationToken).ConfigureAwait(false);
        List<BillingRecord?> becomes = [];
        foreach (BillingRecord record in records)
        {
            becomes.Add(await deliveries.FindAsync(record, cancellationToken).ConfigureAwait(false) is { } other
                ? await adoptions.GiveAsync(record, other.Run, other.Source, null, cancellationToken).ConfigureAwait(false)
                : null);
        }

        if (isTried)
        {
            return false;
        }

        await NoteKnownAsync(records, deliveries, cancellationToken).ConfigureAwait(false);
        for (int i = 0; i < records.Count; i++)
        {
            await ChangeAsync(records[i], becomes[i], cancellationToken).ConfigureAwait(false);
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
