namespace Billing.Amendments;

/// <summary>
/// What a migration means for what can be taken back. It gives records other keys; what runs noted that they delivered, and what entries changed, is under the old ones.
/// </summary>
internal static class Migrations
{
    public const string Kind = "migrations";

    /// <summary>Demands that nothing in the store goes by the keys that records have now.</summary>
    /// <exception cref="BillingException">Entries have changed records: a migration would cut off what they were. Or months are closed.</exception>
    public static async ValueTask DemandPossibleAsync(IAmendableStore store, CancellationToken cancellationToken)
    {
        if (await Documents.AnyAsync(store, ChangeDocuments.Kind, cancellationToken).ConfigureAwait(false))
        {
            throw new BillingException($"{store.Name} keeps what entries and deliveries changed (billing entries), under the keys that records have now. A migration would cut it off, so nothing was migrated. Ingest the sources into a new store, with the new settings.");
        }

        if (await Documents.AnyAsync(store, ClosingDocuments.Kind, cancellationToken).ConfigureAwait(false))
        {
            throw new BillingException($"{store.Name} has closed months, whose reports name the keys that records have now. A migration would change them, so nothing was migrated. Ingest the sources into a new store, with the new settings.");
        }
    }

    /// <summary>Notes that records get other keys from now on.</summary>
    public static async ValueTask BeginAsync(IAmendableStore store, TimeProvider time, CancellationToken cancellationToken)
    {
        await store.PutDocumentAsync(new LedgerDocument(Kind, TimeOrderedIds.Next(time.GetUtcNow()), default), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Demands that the store was not migrated since a run: who else delivered its records is no longer known.</summary>
    /// <exception cref="BillingException">It was.</exception>
    public static async ValueTask DemandNoneSinceAsync(IAmendableStore store, string runId, CancellationToken cancellationToken)
    {
        Page<LedgerDocument> last = await store.GetDocumentsAsync(new DocumentQuery { Kind = Kind, LastFirst = true, PageSize = 1 }, cancellationToken).ConfigureAwait(false);
        if (last.Items is [{ } migration] && string.CompareOrdinal(migration.Id, runId) > 0)
        {
            throw new BillingException($"{store.Name} was migrated since run {runId}, and which other runs delivered its records too was noted under their old keys. Nothing was taken back. Remove the records that must go (billing remove), or take the run back in a copy from before the migration.");
        }
    }
}
