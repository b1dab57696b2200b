namespace Billing.Amendments;

/// <summary>Takes back what an entry changed: each record becomes again what it was, unless its run was taken back since.</summary>
internal sealed class EntryReversal(IAmendableStore store, LedgerEntry of, string entryId)
{
    public async ValueTask<EntryTally> RunAsync(CancellationToken cancellationToken)
    {
        OtherDeliveries runs = await OtherDeliveries.LoadAsync(store, except: [], cancellationToken).ConfigureAwait(false);
        Adoptions adoptions = await Adoptions.LoadAsync(store, cancellationToken).ConfigureAwait(false);

        // All are looked at before the first is changed.
        await foreach (RecordChange change in ChangeDocuments.AllAsync(store, of.Id, cancellationToken).ConfigureAwait(false))
        {
            _ = await PlanAsync(change, runs, adoptions, cancellationToken).ConfigureAwait(false);
        }

        EntryTally tally = new();
        await foreach (RecordChange done in ChangeDocuments.AllAsync(store, entryId, cancellationToken).ConfigureAwait(false))
        {
            tally.Add(done.From, done.To);
        }

        EntryChanges changes = new(store, entryId);
        await foreach (RecordChange change in ChangeDocuments.AllAsync(store, of.Id, cancellationToken).ConfigureAwait(false))
        {
            if (await PlanAsync(change, runs, adoptions, cancellationToken).ConfigureAwait(false) is { } plan)
            {
                tally.Add(plan.Now, plan.Becomes);
                await changes.AddAsync(plan.Now, plan.Becomes, cancellationToken).ConfigureAwait(false);
            }

            if (of.Kind == LedgerEntryKind.Removal)
            {
                await RemovedRecords.ReturnAsync(store, change.Key, cancellationToken).ConfigureAwait(false);
            }
        }

        await changes.FlushAsync(cancellationToken).ConfigureAwait(false);
        return tally;
    }

    // Null where nothing is left to do: this entry did it before it was interrupted, or the record went with its run.
    private async ValueTask<(BillingRecord? Now, BillingRecord Becomes)?> PlanAsync(RecordChange change, OtherDeliveries runs, Adoptions adoptions, CancellationToken cancellationToken)
    {
        if (await store.FindDocumentAsync(ChangeDocuments.Kind, ChangeDocuments.IdOf(entryId, change.Key), cancellationToken).ConfigureAwait(false) is not null)
        {
            return null;
        }

        BillingRecord before = change.From!;
        BillingRecord? now = await store.FindAsync(change.Key, cancellationToken).ConfigureAwait(false);
        if (now is null)
        {
            if (change.To is not null)
            {
                return runs.Has(before.RunId) ? throw Changed(change) : null;
            }

            // A delivery since then is the whole of its scope and period, and may have other content: ingested again, it stores the record.
            if (runs.Replacing.Any(run => run.Status == RunStatus.Completed && string.CompareOrdinal(run.RunId, of.Id) > 0 && run.Delivery!.Covers(before.Scope, before.Date)))
            {
                return null;
            }

            // Where its run was taken back, it is the record of the first one that delivered it too, or of none.
            return runs.Has(before.RunId) ? (null, before)
                : await runs.FindAsync(before, cancellationToken).ConfigureAwait(false) is { } other ? (null, await adoptions.GiveAsync(before, other.Run, other.Source, of.Id, cancellationToken).ConfigureAwait(false))
                : null;
        }

        if (change.To is not { } to)
        {
            throw Changed(change);
        }

        if (now.RunId == to.RunId)
        {
            return RecordAmendment.IsSame(to.Of(now.RunId, now.Source), now) ? (now, before.Of(now.RunId, now.Source)) : throw Changed(change);
        }

        // It has become the record of another run that delivered it too. One that began after this entry made it anew, and nothing of the entry is left in it.
        if (string.CompareOrdinal(now.RunId, of.Id) > 0)
        {
            return null;
        }

        IngestReport run = runs.All.FirstOrDefault(run => run.RunId == now.RunId) ?? throw Changed(change);
        return RecordAmendment.IsSame(await adoptions.GiveAsync(to, run, now.Source, null, cancellationToken).ConfigureAwait(false), now)
            ? (now, await adoptions.GiveAsync(before, run, now.Source, of.Id, cancellationToken).ConfigureAwait(false))
            : throw Changed(change);
    }

    private BillingException Changed(RecordChange change) =>
        new($"The record {change.From} (key {change.Key}) was changed since the {of}. Take back what changed it first: billing entries lists the entries.");
}
