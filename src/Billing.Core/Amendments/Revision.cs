namespace Billing.Amendments;

/// <summary>Gives stored records other values that a person or a rule decides on, as one entry. Interrupted and made again, it goes on under the same entry.</summary>
internal sealed class Revision(IAmendableStore store, LedgerEntryKind kind, string? reason, TimeProvider time)
{
    /// <param name="query">The records that are looked at.</param>
    /// <param name="revise">Returns a record as it becomes, or null if it stays.</param>
    /// <param name="isNumbered">Whether the entries of the kind are numbered.</param>
    /// <param name="cancellationToken">Cancels it; what is changed stays changed.</param>
    public async ValueTask<LedgerEntry> RunAsync(RecordQuery query, Func<BillingRecord, BillingRecord?> revise, bool isNumbered, CancellationToken cancellationToken)
    {
        LedgerEntry entry = await BeginAsync(isNumbered, cancellationToken).ConfigureAwait(false);
        EntryTally tally = new();
        await foreach (RecordChange done in ChangeDocuments.AllAsync(store, entry.Id, cancellationToken).ConfigureAwait(false))
        {
            tally.Add(done.From, done.To);
        }

        // The key and the date stay, so the listing goes on where it was.
        EntryChanges changes = new(store, entry.Id);
        await foreach (BillingRecord record in store.QueryAllAsync(query, cancellationToken).ConfigureAwait(false))
        {
            if (revise(record) is { } becomes)
            {
                tally.Add(record, becomes);
                await changes.AddAsync(record, becomes, cancellationToken).ConfigureAwait(false);
            }
        }

        await changes.FlushAsync(cancellationToken).ConfigureAwait(false);
        LedgerEntry ended = tally.On(entry) with { EndedAt = time.GetUtcNow() };
        await store.PutDocumentAsync(EntryDocuments.Write(ended), cancellationToken).ConfigureAwait(false);
        await SealedChanges.SealAsync(store, ended, tally, time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        return ended;
    }

    private async ValueTask<LedgerEntry> BeginAsync(bool isNumbered, CancellationToken cancellationToken)
    {
        int number = 1;
        await foreach (LedgerEntry other in EntryDocuments.AllAsync(store, cancellationToken).ConfigureAwait(false))
        {
            if (other.Kind == kind && other.EndedAt is null)
            {
                return other;
            }

            number += other.Kind == kind ? 1 : 0;
        }

        LedgerEntry entry = new() { Id = TimeOrderedIds.Next(time.GetUtcNow()), Kind = kind, Number = isNumbered ? number : 0, Reason = reason, StartedAt = time.GetUtcNow() };
        await store.PutDocumentAsync(EntryDocuments.Write(entry), cancellationToken).ConfigureAwait(false);
        return entry;
    }
}
