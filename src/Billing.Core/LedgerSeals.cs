using System.Runtime.CompilerServices;
using Billing.Amendments;

namespace Billing;

/// <summary>
/// The seals of a ledger: one of every run and every entry, each over the one before it. A pipeline seals its runs when they end. From one head that was kept elsewhere,
/// they prove that nothing was edited, removed or cut off since.
/// </summary>
public sealed class LedgerSeals
{
    private readonly IAmendableStore _store;
    private readonly TimeProvider _time;

    /// <summary>Creates the seals of a ledger.</summary>
    /// <param name="store">The ledger.</param>
    /// <param name="timeProvider">The clock, or null for that of the machine.</param>
    /// <exception cref="BillingConfigurationException">The store is not an <see cref="IAmendableStore"/>.</exception>
    public LedgerSeals(IBillingStore store, TimeProvider? timeProvider = null)
    {
        _store = AmendableStores.Demand(store, "Nothing can be sealed");
        _time = timeProvider ?? TimeProvider.System;
    }

    /// <summary>Seals what has ended and is not sealed: runs of earlier versions, runs that ended early or whose seal could not be made. In the order of their ids. Runs that are listed as running are left out.</summary>
    /// <returns>The new seals.</returns>
    /// <exception cref="BillingException">The store failed. What is sealed stays sealed; the rest can be sealed later.</exception>
    public Task<IReadOnlyList<LedgerSeal>> SealAsync(CancellationToken cancellationToken = default) => new SealMaker(_store, _time).RunAsync(cancellationToken).AsTask();

    /// <summary>Returns the head: that of the last seal. Null if nothing is sealed.</summary>
    public async ValueTask<LedgerHead?> GetHeadAsync(CancellationToken cancellationToken = default) =>
        await SealDocuments.FindLastAsync(_store, cancellationToken).ConfigureAwait(false) is { } last ? LedgerHead.Of(last) : null;

    /// <summary>Returns the seals in the order of their numbers, one read each. For lists that show which runs are sealed: keep the last number, and ask for the rest later.</summary>
    /// <param name="after">The number of the seal before the first one; 0, the default, for all.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async IAsyncEnumerable<LedgerSeal> GetSealsAsync(long after = 0, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(after);
        while (await SealDocuments.FindAsync(_store, ++after, cancellationToken).ConfigureAwait(false) is { } seal)
        {
            yield return seal;
        }
    }

    /// <summary>
    /// Checks the seals, and all that they cover. Without a head they are checked against the store alone: whoever can compute all seals again is only found from a head.
    /// Memory: some 500 bytes for each seal, 150 for each change, and 48 for each record of a store of up to 4,000,000, or of the largest run of a larger one.
    /// </summary>
    /// <param name="heads">Heads that were kept elsewhere, of any age; or null. Of several, the newest that fits says since when nothing fits.</param>
    /// <param name="cancellationToken">Cancels the check.</param>
    /// <returns>The faults. What is not sealed yet is named too: <see cref="StoreFaultKind.NotSealed"/> contradicts nothing.</returns>
    public IAsyncEnumerable<StoreFault> VerifyAsync(IReadOnlyList<LedgerHead>? heads = null, CancellationToken cancellationToken = default) =>
        new SealVerification(_store, heads ?? []).RunAsync(cancellationToken);

    /// <summary>The store.</summary>
    public override string ToString() => $"seals of {_store.Name}";
}
