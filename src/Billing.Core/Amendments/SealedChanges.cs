using Billing.Fingerprints;

namespace Billing.Amendments;

/// <summary>Gathers what a seal covers of the changes of an entry, or of a run, that has just ended.</summary>
internal static class SealedChanges
{
    /// <summary>Returns the digests of the changes, in the order of their ids.</summary>
    /// <param name="store">The store.</param>
    /// <param name="entryId">The id of the entry or the run.</param>
    /// <param name="keys">The keys that it changed, or may have changed: a listing may lag, and miss some of them.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public static async ValueTask<IReadOnlyCollection<Sha256Digest>> OfAsync(IAmendableStore store, string entryId, IEnumerable<RecordKey> keys, CancellationToken cancellationToken)
    {
        SealDigests digests = new();
        SortedDictionary<string, Sha256Digest> found = new(StringComparer.Ordinal);
        await foreach (LedgerDocument document in Documents.AllAsync(store, new DocumentQuery { Kind = ChangeDocuments.Kind, IdPrefix = entryId + "/" }, cancellationToken).ConfigureAwait(false))
        {
            found[document.Id] = digests.Of(document);
        }

        foreach (RecordKey key in keys)
        {
            string id = ChangeDocuments.IdOf(entryId, key);
            if (!found.ContainsKey(id) && await store.FindDocumentAsync(ChangeDocuments.Kind, id, cancellationToken).ConfigureAwait(false) is { } document)
            {
                found.Add(id, digests.Of(document));
            }
        }

        if (found.Count == 0 || !await Documents.AnyAsync(store, ErasedDocuments.Kind, cancellationToken).ConfigureAwait(false))
        {
            return found.Values;
        }

        // Text of a change may have been erased before this one ended.
        ErasedDigests erased = await ErasedDigests.LoadAsync(store, cancellationToken).ConfigureAwait(false);
        return [.. found.Values.Select(erased.ResolveChange)];
    }

    // A listing may lag: lists are numbered from 0, without gaps.
    private static async ValueTask<List<Sha256Digest>> ListsOfAsync(IAmendableStore store, LedgerEntry entry, CancellationToken cancellationToken)
    {
        List<Sha256Digest> lists = [];
        SealDigests digests = new();
        while (entry.Kind == LedgerEntryKind.Erasure && await store.FindDocumentAsync(ErasedDocuments.Kind, ErasedDocuments.IdOf(entry.Id, lists.Count), cancellationToken).ConfigureAwait(false) is { } list)
        {
            lists.Add(digests.Of(list));
        }

        return lists;
    }

    /// <summary>Seals an entry that has just ended.</summary>
    public static async ValueTask SealAsync(IAmendableStore store, LedgerEntry entry, EntryTally tally, DateTimeOffset now, CancellationToken cancellationToken)
    {
        SealedContent content = SealedContent.Of([], [], [.. await OfAsync(store, entry.Id, tally.Keys, cancellationToken).ConfigureAwait(false), .. await ListsOfAsync(store, entry, cancellationToken).ConfigureAwait(false)]);
        if (await SealWriter.AddAsync(store, SealWriter.Of(entry, content, now), marks: null, tip: null, cancellationToken).ConfigureAwait(false) is null)
        {
            throw new BillingException($"The {entry} is made, but not sealed yet: other runs took the number of every seal that was tried. billing seal, or {nameof(LedgerSeals)} in code, seals it.");
        }
    }
}
