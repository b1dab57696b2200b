namespace Billing.Amendments;

/// <summary>Checks that every closing of a month is what its entry says, and that every entry of one has it.</summary>
internal sealed class ClosingChecks(IAmendableStore store, IReadOnlyDictionary<string, LedgerEntry> entries)
{
    public async IAsyncEnumerable<StoreFault> RunAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        SortedDictionary<string, LedgerEntry> open = new(StringComparer.Ordinal);
        foreach (LedgerEntry entry in entries.Values.Where(entry => entry is { Kind: LedgerEntryKind.Closing, Month: not null }))
        {
            open[ClosingDocuments.IdOf(entry.Month!.Value, entry.Number)] = entry;
        }

        await foreach (LedgerDocument document in Documents.AllAsync(store, new DocumentQuery { Kind = ClosingDocuments.Kind }, cancellationToken).ConfigureAwait(false))
        {
            if (!open.Remove(document.Id, out LedgerEntry? entry))
            {
                yield return Fault(StoreFaultKind.NotSealed, document.Id, $"The closing {document.Id} has no entry: it was interrupted, or another program wrote it. billing seal, or closing the month again, makes the entry.");
            }
            else if (ClosingDocuments.Sha256Of(document) != entry.Document)
            {
                yield return Fault(StoreFaultKind.SealedContent, entry.Id, $"The closing {document.Id} was changed: it is not what entry {entry.Id} closed.");
            }
        }

        foreach ((string id, LedgerEntry entry) in open)
        {
            // A listing may lag.
            if (await store.FindDocumentAsync(ClosingDocuments.Kind, id, cancellationToken).ConfigureAwait(false) is null)
            {
                yield return Fault(StoreFaultKind.SealedMissing, entry.Id, $"The closing {id} is gone. Entry {entry.Id} is of it.");
            }
        }
    }

    private static StoreFault Fault(StoreFaultKind kind, string id, string detail) => new() { Kind = kind, RunId = id, Detail = detail };
}
