using System.Runtime.CompilerServices;

namespace Billing.Amendments;

/// <summary>Reads the documents of a store.</summary>
internal static class Documents
{
    private const int PageSize = 1_000;
    private const long MostBytes = 4 << 20;

    /// <summary>Returns all documents that match, page by page.</summary>
    public static async IAsyncEnumerable<LedgerDocument> AllAsync(IAmendableStore store, DocumentQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        query = query with { PageSize = PageSize, MostBytes = MostBytes };
        do
        {
            Page<LedgerDocument> page = await store.GetDocumentsAsync(query, cancellationToken).ConfigureAwait(false);
            foreach (LedgerDocument document in page.Items)
            {
                yield return document;
            }

            query = query with { ContinuationToken = page.ContinuationToken };
        }
        while (query.ContinuationToken is not null);
    }

    /// <summary>Returns one page of the documents that match, read; an empty one from a store that has none.</summary>
    public static async ValueTask<Page<T>> PageAsync<T>(IBillingStore store, DocumentQuery query, PageRequest page, Func<LedgerDocument, T> read, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(page);
        if (store is not IAmendableStore amendable)
        {
            return new Page<T>([], null);
        }

        Page<LedgerDocument> found = await amendable.GetDocumentsAsync(query with { PageSize = page.PageSize, MostBytes = page.MostBytes, ContinuationToken = page.ContinuationToken }, cancellationToken).ConfigureAwait(false);
        return new Page<T>([.. found.Items.Select(read)], found.ContinuationToken);
    }

    /// <summary>Whether a store has a document of a kind.</summary>
    public static async ValueTask<bool> AnyAsync(IAmendableStore store, string kind, CancellationToken cancellationToken) =>
        (await store.GetDocumentsAsync(new DocumentQuery { Kind = kind, PageSize = 1 }, cancellationToken).ConfigureAwait(false)).Items.Count > 0;
}
