namespace Billing.Amendments;

/// <summary>Takes back what an entry changed: each record becomes again what it was.</summary>
internal sealed class EntryReversal(IAmendableStore store, LedgerEntry of, string entryId)
{
    public async ValueTask<EntryTally> RunAsync(CancellationToken cancellationToken)
    {
        // All are looked at before the first is changed.
        await foreach (RecordChange change in ChangeDocuments.AllAsync(store, of.Id, cancellationToken).ConfigureAwait(false))
        {
            if (!await IsDoneAsync(change, cancellationToken).ConfigureAwait(false)
                && !new RecordAmendment(change.To, change.From, ChangeDocuments.Amend(entryId, change.To, change.From).Document).Fits(await store.FindAsync(change.Key, cancellationToken).ConfigureAwait(false)))
            {
                throw new BillingException($"The record {change.From ?? change.To} (key {change.Key}) was changed since the {of}. Take back what changed it first: billing entries lists the entries.");
            }
        }

        EntryTally tally = new();
        EntryChanges changes = new(store, entryId);
        await foreach (RecordChange change in ChangeDocuments.AllAsync(store, of.Id, cancellationToken).ConfigureAwait(false))
        {
            tally.Add(change.To, change.From);
            await changes.AddAsync(change.To, change.From, cancellationToken).ConfigureAwait(false);
            if (of.Kind == LedgerEntryKind.Removal)
            {
                await RemovedRecords.ReturnAsync(store, change.Key, cancellationToken).ConfigureAwait(false);
            }
        }

        await changes.FlushAsync(cancellationToken).ConfigureAwait(false);
        return tally;
    }

    private async ValueTask<bool> IsDoneAsync(RecordChange change, CancellationToken cancellationToken) =>
        await store.FindDocumentAsync(ChangeDocuments.Kind, ChangeDocuments.IdOf(entryId, change.Key), cancellationToken).ConfigureAwait(false) is not null;
}
