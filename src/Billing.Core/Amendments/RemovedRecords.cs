using System.Text;

namespace Billing.Amendments;

/// <summary>The records that a person removed on purpose: they are not stored again when they are delivered again.</summary>
internal static class RemovedRecords
{
    public const string Kind = "removed";

    /// <summary>The keys of the records that stay removed.</summary>
    public static async ValueTask<IReadOnlySet<RecordKey>> LoadAsync(IBillingSink ledger, CancellationToken cancellationToken)
    {
        HashSet<RecordKey> keys = [];
        if (ledger is IAmendableStore store)
        {
            await foreach (LedgerDocument document in Documents.AllAsync(store, new DocumentQuery { Kind = Kind }, cancellationToken).ConfigureAwait(false))
            {
                // An empty body: it was put back.
                if (!document.Body.IsEmpty)
                {
                    keys.Add(RecordKey.Parse(document.Id));
                }
            }
        }

        return keys;
    }

    /// <summary>Notes that a record stays removed.</summary>
    public static ValueTask RemoveAsync(IAmendableStore store, RecordKey key, string entryId, CancellationToken cancellationToken) =>
        store.PutDocumentAsync(new LedgerDocument(Kind, key.ToString(), Encoding.UTF8.GetBytes(entryId)), cancellationToken);

    /// <summary>Notes that a record may be stored again.</summary>
    public static ValueTask ReturnAsync(IAmendableStore store, RecordKey key, CancellationToken cancellationToken) =>
        store.PutDocumentAsync(new LedgerDocument(Kind, key.ToString(), default), cancellationToken);
}
