namespace Billing.Amendments;

/// <summary>Takes a run back: the ledger becomes what it would be without it.</summary>
internal sealed class RunReversal
{
    // Who delivered them too is looked up once for so many records.
    private const int AtOnce = 20_000;

    private readonly IAmendableStore _store;
    private readonly IngestReport _run;
    private readonly string _entryId;
    private readonly OtherDeliveries _deliveries;
    private readonly Adoptions _adoptions;
    private readonly EntryTally _tally = new();
    private readonly EntryChanges _changes;

    private RunReversal(IAmendableStore store, IngestReport run, string entryId, OtherDeliveries deliveries, Adoptions adoptions)
    {
        _store = store;
        _run = run;
        _entryId = entryId;
        _deliveries = deliveries;
        _adoptions = adoptions;
        _changes = new EntryChanges(store, entryId);
    }

    /// <summary>Reads who else delivered what the run did.</summary>
    /// <param name="store">The ledger.</param>
    /// <param name="run">The run.</param>
    /// <param name="entryId">The id of the entry.</param>
    /// <param name="together">The ids of all runs that are taken back with it, and its own.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public static async ValueTask<RunReversal> LoadAsync(IAmendableStore store, IngestReport run, string entryId, IReadOnlyCollection<string> together, CancellationToken cancellationToken) => new(
        store,
        run,
        entryId,
        await OtherDeliveries.LoadAsync(store, together, cancellationToken).ConfigureAwait(false),
        await Adoptions.LoadAsync(store, cancellationToken).ConfigureAwait(false));

    /// <summary>Finds out whether it can be taken back. Changes nothing.</summary>
    /// <exception cref="BillingException">A record would become that of another run, and cannot be made as that run would have made it.</exception>
    public async ValueTask CheckAsync(CancellationToken cancellationToken)
    {
        if (await _adoptions.MayRefuseAsync(_run.RunId, _deliveries.All, cancellationToken).ConfigureAwait(false))
        {
            if (Replaced is { } replaced)
            {
                await replaced.CheckAsync(cancellationToken).ConfigureAwait(false);
            }

            await WithdrawAsync(isTried: true, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Takes it back, and returns what that changed. Interrupted and made again under the same id, it goes on.</summary>
    public async ValueTask<EntryTally> RunAsync(CancellationToken cancellationToken)
    {
        await foreach (RecordChange change in ChangeDocuments.AllAsync(_store, _entryId, cancellationToken).ConfigureAwait(false))
        {
            _tally.Add(change.From, change.To);
        }

        if (Replaced is { } replaced)
        {
            await replaced.RestoreAsync(cancellationToken).ConfigureAwait(false);
            await _changes.FlushAsync(cancellationToken).ConfigureAwait(false);
        }

        // Some stores list a record for a moment after it left, and miss one that just came.
        bool any;
        do
        {
            any = await WithdrawAsync(isTried: false, cancellationToken).ConfigureAwait(false);
        }
        while (any);

        await new QuarantineReversal(_store, _run, _deliveries).RunAsync(cancellationToken).ConfigureAwait(false);
        return _tally;
    }

    private ReplacedRecords? Replaced => _run.Delivery is null ? null : new ReplacedRecords(_store, _run, _entryId, _deliveries, _adoptions, ChangeAsync);

    private async ValueTask<bool> WithdrawAsync(bool isTried, CancellationToken cancellationToken)
    {
        List<BillingRecord> records = [];
        bool any = false;
        await foreach (BillingRecord record in _store.QueryAllAsync(new RecordQuery { RunId = _run.RunId }, cancellationToken).ConfigureAwait(false))
        {
            records.Add(record);
            if (records.Count == AtOnce)
            {
                any |= await WithdrawAsync(records, isTried, cancellationToken).ConfigureAwait(false);
                records.Clear();
            }
        }

        return any | await WithdrawAsync(records, isTried, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<bool> WithdrawAsync(List<BillingRecord> records, bool isTried, CancellationToken cancellationToken)
    {
        records = await StillThereAsync(records, cancellationToken).ConfigureAwait(false);
        if (records.Count == 0)
        {
            return false;
        }

        await _deliveries.PrepareAsync(records, cancellationToken).ConfigureAwait(false);
        List<BillingRecord?> becomes = [];
        foreach (BillingRecord record in records)
        {
            becomes.Add(await _deliveries.FindAsync(record, cancellationToken).ConfigureAwait(false) is { } other
                ? await _adoptions.GiveAsync(record, other.Run, other.Source, null, cancellationToken).ConfigureAwait(false)
                : null);
        }

        if (isTried)
        {
            return false;
        }

        await NoteKnownAsync(records, cancellationToken).ConfigureAwait(false);
        for (int i = 0; i < records.Count; i++)
        {
            await ChangeAsync(records[i], becomes[i], cancellationToken).ConfigureAwait(false);
        }

        await _changes.FlushAsync(cancellationToken).ConfigureAwait(false);
        return true;
    }

    private async ValueTask<List<BillingRecord>> StillThereAsync(List<BillingRecord> records, CancellationToken cancellationToken) => records.Count == 0
        ? []
        : [.. (await _store.FindAllAsync([.. records.Select(record => record.Key)], cancellationToken).ConfigureAwait(false)).OfType<BillingRecord>().Where(record => record.RunId == _run.RunId)];

    // A run that found the whole source known delivered these records too; the note stays when they are no longer this run's.
    private async ValueTask NoteKnownAsync(List<BillingRecord> records, CancellationToken cancellationToken)
    {
        foreach (IngestReport known in _deliveries.KnownFrom(_run.RunId))
        {
            DeliveredRows rows = new([_store], $"{known.RunId}/{_entryId}/{records[0].Key}");
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
