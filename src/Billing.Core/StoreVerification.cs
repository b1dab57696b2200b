using System.Runtime.CompilerServices;
using Billing.Amendments;
using Billing.Stores;
using Billing.Reports;

namespace Billing;

/// <summary>
/// Reads a whole ledger and checks it against itself: every fingerprint matches the content, every key is stored once, and every
/// run's control totals match the records that it stored. Memory grows with the number of runs only. Use it once.
/// </summary>
public sealed class StoreVerification
{
    private readonly IBillingStore _store;
    private readonly TotalsAccumulator _totals = new();

    /// <summary>Creates a verification of a store. It does not dispose the store.</summary>
    public StoreVerification(IBillingStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        _store = store;
    }

    /// <summary>The rows and the money of the records that were read so far.</summary>
    public ControlTotals Records => _totals.ToControlTotals();

    /// <summary>The number of runs that were read so far.</summary>
    public long Runs { get; private set; }

    /// <summary>The totals of what was read so far.</summary>
    public override string ToString() => FormattableString.Invariant($"{Records.Rows} records and {Runs} runs verified");

    /// <summary>Returns the faults as they are found: records by date and key, then runs.</summary>
    /// <exception cref="BillingException">The store failed.</exception>
    /// <exception cref="IOException">The keys do not fit in memory, and the temporary folder cannot take them.</exception>
    public async IAsyncEnumerable<StoreFault> FindFaultsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using RecordChecks checks = new(_store is IAmendableStore store ? await ErasedDigests.LoadAsync(store, cancellationToken).ConfigureAwait(false) : null);
        await foreach (BillingRecord record in _store.QueryAllAsync(new RecordQuery(), cancellationToken).ConfigureAwait(false))
        {
            _totals.AddRow(record.Amount.Currency.Code, record.Amount.Amount);
            foreach (StoreFault fault in checks.Check(record))
            {
                yield return fault;
            }
        }

        await foreach (RecordChange change in _store.GetChangesAsync(cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            checks.Note(change);
        }

        await foreach (IngestReport run in _store.GetAllRunsAsync(cancellationToken).ConfigureAwait(false))
        {
            Runs++;
            foreach (StoreFault fault in checks.Check(run))
            {
                yield return fault;
            }
        }

        foreach (StoreFault fault in checks.Finish())
        {
            yield return fault;
        }
    }
}
