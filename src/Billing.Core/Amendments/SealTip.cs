namespace Billing.Amendments;

/// <summary>The last seal that a pipeline made or saw in its ledger: the next one is tried there first, without a search for the last.</summary>
internal sealed class SealTip
{
    private LedgerSeal? _last;

    /// <summary>Returns the seal to add the next one to: the one remembered, if the ledger still has it as it was; else the last one of the ledger.</summary>
    public async ValueTask<LedgerSeal?> FindAsync(IAmendableStore store, CancellationToken cancellationToken) =>
        Volatile.Read(ref _last) is { } last && (await SealDocuments.FindAsync(store, last.Number, cancellationToken).ConfigureAwait(false))?.Hash == last.Hash
            ? last
            : await SealDocuments.FindLastAsync(store, cancellationToken).ConfigureAwait(false);

    public void Remember(LedgerSeal last) => Volatile.Write(ref _last, last);
}
